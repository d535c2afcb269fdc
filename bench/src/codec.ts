import { native } from '@smets2-sim/crypto'
import {
  decodeMessage,
  decodePayload,
  ECS01b,
  ECS17b,
  ECS42,
  ECS52,
  encodeMessage,
  encodePayload,
  GCS28,
} from '@smets2-sim/gbcs'
import type { Case } from './measure.js'
import { benchPremises, meterId } from './premises.js'

/** Decoding and encoding per kind of message; the limit is one copy of its octets. */
export function codecCases(): Case[] {
  const { meter, command } = benchPremises(native)
  const samples = [
    ['command to close the load switch', command(ECS42.command({ to: meterId }), 1n)],
    ['command to read', command(ECS52.command({ to: meterId }), 2n)],
    ['command to read, protected', command(ECS17b.command({ to: meterId }), 3n)],
    [
      'command in ASN.1',
      command(
        GCS28.command({
          to: meterId,
          value: { validityIntervalStart: '20260101000000Z', validityIntervalEnd: '20260102000000Z' },
        }),
        4n,
      ),
    ],
    ['tariff command', command(tariff(), 5n)],
    ['response to a protected read', answerOf(meter.receive(command(ECS17b.command({ to: meterId }), 6n)))],
  ] as const
  return samples.flatMap(([name, bytes]) => {
    const message = decodeMessage(bytes)
    const payload = decodePayload(message)
    const copy = `copy of the ${name}`
    return [
      { name: copy, run: () => bytes.slice() },
      { name: `decode the envelope of the ${name}`, run: () => decodeMessage(bytes), limit: copy },
      { name: `decode the ${name}`, run: () => decodePayload(decodeMessage(bytes)), limit: copy },
      {
        name: `encode the ${name}`,
        run: () => encodeMessage({ ...message, content: encodePayload(payload) }),
        limit: copy,
      },
    ]
  })
}

const answerOf = (outcome: { kind: string; response?: Uint8Array }): Uint8Array => {
  if (!outcome.response) throw new Error(`no response: ${outcome.kind}`)
  return outcome.response
}

const NOW = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0xff])
const index = (i: number): Uint8Array => Uint8Array.of(i)
/** Prices of all 80 registers: one of the longer commands. */
const tariff = () =>
  ECS01b.command({
    to: meterId,
    standingChargeUnitChargePassive: {
      scaling: { commodityScale: 0, priceScale: -5 },
      commodity: { classId: 0, logicalName: new Uint8Array(6), attribute: 0 },
      charges: [{ index: new Uint8Array(0), charge: 20_000 }],
    },
    consumptionChargeUnitChargePassive: {
      scaling: { commodityScale: 3, priceScale: -5 },
      commodity: { classId: 3, logicalName: Uint8Array.of(1, 0, 1, 8, 0, 255), attribute: 2 },
      charges: Array.from({ length: 80 }, (_, i) => ({ index: index(i + 1), charge: 3000 + i })),
    },
    standingChargeUnitChargeActivationTime: NOW,
    consumptionChargeUnitChargeActivationTime: NOW,
  })
