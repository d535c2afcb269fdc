import {
  CS02b_anyExceptAbnormalRootByRecovery,
  CS02b_supplierByTransCoS,
  CS02g_loadControllerByLoadController,
  CS02g_loadControllerBySupplier,
} from '@smets2-sim/gbcs'
import { expect, it } from 'vitest'
import { certified, type CertifiedParty } from '../testing/certificates.fixture.js'
import {
  allCells,
  cellsOf,
  first,
  give,
  held,
  holder,
  holders,
  type Order,
  securityBench,
} from '../testing/orders.fixture.js'
import { replacementModeOf } from './replacement-mode.js'

const newSupplier = certified('supplier', '90b3d51f30030000')
const newOperator = certified('networkOperator', '90b3d51f30040000')
const newController = certified('loadController', '90b3d51f30050000')
const { supplier, networkOperator, transitionalCoS, recovery, loadController } = first

/** Use case, who may order it, who comes, and who may not order it. */
const rows = [
  [CS02b_supplierByTransCoS, transitionalCoS, newSupplier, networkOperator],
  [CS02b_anyExceptAbnormalRootByRecovery, recovery, newOperator, networkOperator],
  [CS02g_loadControllerByLoadController, loadController, newController, supplier],
  [CS02g_loadControllerBySupplier, supplier, newController, loadController],
] as const
it.each(rows.map((row) => [row[0].name, ...row] as const))(
  '%s puts another party into its cells, and only who may does',
  (_name, { code }, by, comes, stranger) => {
    const { mode } = replacementModeOf(code)
    const order = (from: CertifiedParty): Order => ({ mode, by: from, cells: allCells(comes) })
    const bench = securityBench()
    const before = holders(bench)
    expect(give(bench, order(stranger)).refused).toBe('notAuthorised')
    expect(holders(bench)).toEqual(before)

    const { statuses, outcome } = give(bench, order(by))
    expect(statuses).toEqual(cellsOf(comes).map(() => 'success'))
    expect(outcome?.credentialsReplacementMode).toBe(mode)
    for (const cell of cellsOf(comes)) expect(holder(bench, cell)).toBe(held(comes, cell.usage))
    const untouched = bench.device.anchors.cells.filter(({ role }) => role !== comes.role)
    for (const cell of untouched) expect(before).toContain(holder(bench, cell))

    // cells of another role are none of this order
    const wrong = mode === replacementModeOf(CS02b_anyExceptAbnormalRootByRecovery.code).mode ? undefined : newOperator
    if (!wrong) return
    const refused = give(bench, { mode, by, counter: 2000n, cells: allCells(wrong) })
    expect(refused.statuses ?? refused.refused).toEqual(
      refused.statuses ? allCells(wrong).map(() => 'trustAnchorNotFound') : 'unknownOriginator',
    )
    expect(holder(bench, { role: 'networkOperator', usage: 'digitalSignature' })).toBe(
      held(networkOperator, 'digitalSignature'),
    )
  },
)
