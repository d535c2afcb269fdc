import { eui64 } from '@smets2-sim/bytes'
import { alerts, decodeMessage, ECS17b, ECS42, ECS43, ECS44, ECS52, ECS70, CS02a, type UseCase } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import {
  command,
  type CommandOptions,
  deviceId,
  macFor,
  parties,
  signedByDevice,
  testBench,
} from '../testing/bench.fixture.js'
import type { DiscardReason } from './outcome.js'

const all = [ECS17b, ECS42, ECS43, ECS44, ECS52, ECS70, CS02a] as unknown as UseCase[]
const read = ECS52.command({ to: deviceId })
const enable = ECS42.command({ to: deviceId })
const disable = ECS43.command({ to: deviceId })

const securityCodes = (bench: ReturnType<typeof testBench>): number[] =>
  [...bench.device.log('securityLog.buffer').entries()].map(({ code }: { code: number }) => code)

describe('the gate', () => {
  it('admits a read with a MAC, and answers with one', () => {
    const bench = testBench(all)
    const outcome = bench.device.receive(command(read))
    expect(outcome.kind).toBe('responded')
    if (outcome.kind !== 'responded') return
    const response = decodeMessage(outcome.response)
    expect(response).toMatchObject({
      kind: 'response',
      originator: deviceId,
      target: parties.supplier.id,
      originatorCounter: 1000n,
    })
    expect(macFor('supplier', response)).toBe(true)
    expect(macFor('networkOperator', response)).toBe(false)
  })
  it('admits a critical command with signature and MAC, and signs the answer', () => {
    const outcome = testBench(all).device.receive(command(enable))
    expect(outcome.kind === 'responded' && signedByDevice(decodeMessage(outcome.response))).toBe(true)
  })

  const wrong: readonly (readonly [string, () => Uint8Array, DiscardReason])[] = [
    ['octets that are no message', () => Uint8Array.of(1, 2, 3), 'malformed'],
    ['nothing', () => new Uint8Array(0), 'malformed'],
    ['a pre-command', () => command(enable, { protection: 'none' }), 'malformed'],
    ['a response', () => command(read, { change: { kind: 'response' } }), 'notACommand'],
    ['an alert', () => command(read, { change: { kind: 'alert' } }), 'notACommand'],
    [
      'a command for another device',
      () => command(read, { change: { target: eui64('00db1234567890a9') } }),
      'notForThisDevice',
    ],
    [
      'an unknown message code',
      () => command(read, { change: { otherInformation: { messageCode: 0x0fff } } }),
      'unknownMessageCode',
    ],
    ['a command with a date-time', () => command(read, { change: { dateTime: new Uint8Array(12) } }), 'malformed'],
    ['a stranger', () => command(read, { from: 'stranger' }), 'unknownOriginator'],
    ['a role that may not', () => command(enable, { from: 'networkOperator' }), 'notAuthorised'],
    ['a critical command without signature', () => command(enable, { protection: 'mac' }), 'wrongProtection'],
    ['a critical command without MAC', () => command(enable, { protection: 'signature' }), 'wrongProtection'],
    ['a read with a signature besides', () => command(read, { protection: 'signatureAndMac' }), 'wrongProtection'],
    ['a MAC that the originator made itself', () => command(read, { macBy: 'supplier' }), 'badMac'],
    ['a MAC that a stranger made', () => command(read, { macBy: 'stranger' }), 'badMac'],
    ['a signature of another party', () => command(enable, { signedBy: 'networkOperator' }), 'badSignature'],
    [
      'supplementary fields from a supplier',
      () =>
        command(read, {
          supplementary: { supplementaryRemotePartyId: parties.stranger.id, supplementaryRemotePartyCounter: 1n },
        }),
      'badSupplementary',
    ],
    [
      'supplementary fields of a length that no command has',
      () =>
        command(read, {
          from: 'accessControlBroker',
          supplementary: { supplementaryRemotePartyId: parties.stranger.id },
        }),
      'badSupplementary',
    ],
    [
      'a supplementary certificate that is none',
      () =>
        command(read, {
          from: 'accessControlBroker',
          supplementary: {
            supplementaryRemotePartyId: parties.stranger.id,
            supplementaryRemotePartyCounter: 1n,
            supplementaryCertificate: new Uint8Array(100),
          },
        }),
      'badSupplementary',
    ],
    ['a payload that is none', () => command(read, { change: { content: Uint8Array.of(0xd9) } }), 'malformedPayload'],
    [
      'an item of another use case under this code',
      () =>
        command(read, {
          change: {
            content: enable.payload({ originatorCounter: 1000n, originator: parties.supplier.id, target: deviceId }),
          },
        }),
      'itemNotInUseCase',
    ],
    [
      'the parameter of another use case under this code',
      () =>
        command(enable, {
          change: {
            content: disable.payload({ originatorCounter: 1000n, originator: parties.supplier.id, target: deviceId }),
          },
        }),
      'itemNotInUseCase',
    ],
  ]
  it.each(wrong)('discards %s', (_name, make, reason) => {
    const bench = testBench(all, {
      useCases: new Map(
        all.map((one) => [
          one.code,
          one.name === 'ECS52' ? { ...one, from: ['supplier', 'accessControlBroker'] } : one,
        ]),
      ) as never,
    })
    const before = new Map(bench.device.items.entries())
    const outcome = bench.device.receive(make())
    expect(outcome).toMatchObject({ kind: 'discarded', reason })
    for (const [name, value] of before)
      expect([name, new Map(bench.device.items.entries()).get(name)]).toEqual([name, value])
    expect(securityCodes(bench)).toHaveLength(1)
    expect(bench.sent).toHaveLength(1)
  })

  it('tells the party whose command was refused, by a signed alert', () => {
    const bench = testBench(all)
    bench.device.receive(command(enable, { from: 'networkOperator' }))
    const [alert] = bench.sent
    expect(alert).toMatchObject({
      kind: 'alert',
      target: parties.networkOperator.id,
      otherInformation: { messageCode: 0x1000 },
    })
    expect(alert && signedByDevice(alert)).toBe(true)
    expect(securityCodes(bench)).toEqual([alerts.sourceDoesNotHaveAuthorityForCommand.code])
  })

  it('refuses a counter that is not above the last one, per role', () => {
    const bench = testBench(all)
    const send = (options: CommandOptions) => bench.device.receive(command(enable, options))
    expect(send({ counter: 10n }).kind).toBe('responded')
    for (const counter of [10n, 9n, 0n])
      expect(send({ counter })).toMatchObject({ kind: 'discarded', reason: 'replayed' })
    expect(send({ counter: 11n }).kind).toBe('responded')
    expect(bench.device.counters.current('supplier')).toBe(11n)
    expect(bench.device.counters.current('networkOperator')).toBe(0n)
  })
  it('keeps a counter of a command whose payload was refused: it cannot be tried again', () => {
    const bench = testBench(all)
    const bad = { counter: 5n, change: { content: Uint8Array.of(0xd9) } }
    expect(bench.device.receive(command(enable, bad))).toMatchObject({ reason: 'malformedPayload' })
    expect(bench.device.receive(command(enable, { counter: 5n }))).toMatchObject({ reason: 'replayed' })
  })
  it('reports a flood once, and not with an alert for each message', () => {
    const bench = testBench(all)
    for (let i = 0; i < 200; i++) bench.device.receive(command(read, { from: 'stranger' }))
    expect(bench.sent.length).toBe(11)
    expect(securityCodes(bench)).toHaveLength(100)
    bench.clock.time += 3600
    bench.device.receive(command(read, { from: 'stranger' }))
    expect(bench.sent.length).toBe(12)
  })
})
