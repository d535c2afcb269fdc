import { toHex } from '@smets2-sim/bytes'
import {
  CS02a,
  CS02f,
  decodeMessage,
  ECS42,
  remotePartyRole,
  type RemotePartyRole,
  replacementStatus,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { command, deviceId, signedByDevice, type TestBench } from '../testing/bench.fixture.js'
import type { CertifiedParty } from '../testing/certificates.fixture.js'
import { first, securityBench } from '../testing/orders.fixture.js'
import { asn1CellOf } from './cell-codec.js'
import type { CellName } from './trust-anchors.js'

function ask(
  bench: TestBench,
  by: CertifiedParty,
  rolesRequired: readonly RemotePartyRole[],
  {
    useCase = CS02a,
    usage = 'keyAgreement',
    role = by.role,
  }: { useCase?: typeof CS02a; usage?: CellName['usage']; role?: RemotePartyRole } = {},
) {
  const value = {
    authorisingRemotePartyTACell: asn1CellOf({ role, usage }),
    rolesRequired: rolesRequired.map((one) => remotePartyRole[one]),
  }
  const request = useCase.command({ to: deviceId, value })
  const protection = by.role === 'accessControlBroker' ? 'mac' : 'signature'
  const outcome = bench.device.receive(command(request, { from: by, protection, macBy: first.accessControlBroker }))
  if (outcome.kind === 'discarded') return { refused: outcome.reason }
  const message = decodeMessage(outcome.response)
  const context = { originatorCounter: message.originatorCounter, originator: by.id, target: deviceId }
  return { message, value: request.read(message.content, context, () => undefined).value }
}

describe('details of credentials', () => {
  it('name the holder of each cell of a role, its key and the counter that was reached', () => {
    const bench = securityBench()
    bench.device.receive(
      command(ECS42.command({ to: deviceId }), {
        from: first.supplier,
        counter: 55n,
        macBy: first.accessControlBroker,
      }),
    )
    const { value } = ask(bench, first.accessControlBroker, ['supplier', 'networkOperator'])
    expect(value?.map(({ role, statusCode, currentSeqNumber }) => [role, statusCode, currentSeqNumber])).toEqual([
      [2, 0, 55n],
      [3, 0, 0n],
    ])
    const cells = value?.[0]?.cells ?? []
    expect(cells.map(({ keyUsage, cellUsage }) => [keyUsage, cellUsage])).toEqual([
      ['digitalSignature', 0],
      ['keyAgreement', 0],
      ['keyAgreement', 1],
    ])
    for (const { existingSubjectUniqueId: id } of cells) expect(toHex(id)).toBe(first.supplier.id)
    const keys = (['digitalSignature', 'keyAgreement', 'prePaymentTopUp'] as const).map((usage) =>
      toHex(bench.device.anchors.get('supplier', usage)?.subjectKeyIdentifier ?? new Uint8Array(0)),
    )
    expect(cells.map(({ existingSubjectKeyIdentifier: key }) => toHex(key))).toEqual(keys)
  })
  it('of a role without cells are not found, the others are', () => {
    const { value } = ask(securityBench(), first.accessControlBroker, ['wanProvider', 'recovery'])
    expect(value?.map(({ statusCode }) => statusCode)).toEqual([
      replacementStatus.trustAnchorNotFound,
      replacementStatus.success,
    ])
  })
  it('are signed for a party that signed its question', () => {
    const { message } = ask(securityBench(), first.transitionalCoS, ['supplier'], { usage: 'digitalSignature' })
    expect(message && signedByDevice(message) && message.mac === undefined).toBe(true)
  })
  it('of load controllers too are those of CS02f', () => {
    const { value } = ask(securityBench(), first.loadController, ['loadController'], {
      useCase: CS02f,
      usage: 'digitalSignature',
    })
    expect(value?.[0]?.cells).toHaveLength(2)
  })
  it('are refused to who names the cell of another', () => {
    expect(ask(securityBench(), first.supplier, ['supplier'], { role: 'networkOperator' }).refused).toBe(
      'malformedPayload',
    )
  })
})
