import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { linkKeyOf } from '@smets2-sim/han'
import { afterAll, describe, expect, it } from 'vitest'
import { complaintsOf, dissect, hasTshark } from '../capture/tshark.fixture.js'
import { installCodeOf } from '../config/ids.js'
import { commission, deviceNames, home, siteOf } from '../index.js'

const dir = mkdtempSync(join(tmpdir(), 'zcl-'))
afterAll(() => rmSync(dir, { recursive: true }))

const seed = 31
const keys = deviceNames.flatMap((name) => [
  '-o',
  `uat:zigbee_pc_keys:"${toHex(linkKeyOf(native, installCodeOf(seed, name)))}","Normal","link"`,
])

describe.skipIf(!hasTshark)('what devices of a home say to each other', () => {
  it('is on the air: reads of the displays, the mirror of the gas meter, commands of the prepayment display', async () => {
    await using h = home({ seed, network: 'han' })
      .electricity({ activeImportWh: 5_000_000, controllers: ['hcalcs'] })
      .gas({ consumptionL: 4_200_000 })
      .ppmid()
      .ihd()
      .hcalcs()
      .build()
    const [, path = ''] = h.capture(join(dir, 'home')).paths
    await commission(h.farEnd, { ...siteOf(h.premises), now: h.now })
    h.esme.load({ watts: 3000 })
    h.gsme.setDemand(600)
    h.ppmid.topUp('gas', h.supplier.issueTopUp({ to: h.gsme, pence: 500 }).utrn)
    h.ppmid.topUp('electricity', h.supplier.issueTopUp({ to: h.esme, pence: 500 }).utrn)
    await h.advance('65m')
    expect(complaintsOf(path, keys)).toEqual([])

    const values = (filter: string, field: string): string[] =>
      dissect(path, [field], [...keys, '-Y', filter]).flatMap((row) => (row[field] ?? '').split(','))
    // instantaneous demand, as the displays read it
    expect(values('zbee_aps.cluster == 0x0702 && zbee_zcl.attr.int24', 'zbee_zcl.attr.int24')).toContain('3000')
    expect(h.ihd.screen.electricity.demandW).toBe(3000)
    // the register of gas: first from the meter to its mirror, then from the proxy to the displays
    const registers = values('zbee_aps.cluster == 0x0702 && zbee_zcl.attr.uint48', 'zbee_zcl.attr.uint48')
    expect(registers).toContain(String(h.ihd.screen.gas.registerLitres))
    // a top-up of gas in tunnels: from display to hub, from hub to meter, and the answer the same way back
    const codes = values('gbcs_message', 'gbcs_message.grouping_header.message_code')
    expect(codes.filter((code) => code === '0x009b')).toHaveLength(4)
    expect(values('zbee_aps.cluster == 0x0705', 'zbee_zcl_se.pp.cmd.srv_rx.id')).toContain('0x04') // consumer top-up of electricity
  })
})
