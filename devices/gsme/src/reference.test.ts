import { type Device, raise } from '@smets2-sim/firmware'
import { type DecodedMessage, decodeGbzAlert, decodeMessage } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds } from '../../../packages/gbcs/src/rtds.fixture.js'
import {
  exchangesOf,
  lonelyAlert,
  open,
  play,
  referenceBench,
  sameButSignature,
} from '../../../packages/firmware/src/gas/reference.fixture.js'
import { gsme, integrityIssue } from './index.js'

const GSME = '00db1234567890a1'
const exchanges = rtds ? exchangesOf(GSME) : []

describe.skipIf(!rtds)('the reference exchanges of a gas meter', () => {
  it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', (_name, exchange) => {
    expect(play(gsme, exchange).result).toBe('identical')
  })
})

describe.skipIf(!rtds)('the reference alerts of a gas meter about dated commands', () => {
  const dated = exchanges.filter(({ alerts }) => alerts.length > 0)
  it.each(dated.map((exchange) => [exchange.name, exchange] as const))('%s', (_name, exchange) => {
    const { device, sent } = play(gsme, exchange).bench
    const alerts = [...exchange.alerts].sort((a, b) =>
      Number(a.message.originatorCounter - b.message.originatorCounter),
    )
    const [first] = alerts
    sent.length = 0
    device.counters.own = (first?.message.originatorCounter ?? 1n) - 1n
    device.clock.set(decodeGbzAlert(first?.message.content ?? new Uint8Array(0)).time)
    device.tick()
    for (const alert of alerts) {
      const mine = sent.find((octets) => decodeMessage(octets).originatorCounter === alert.message.originatorCounter)
      expect(mine && sameButSignature(mine, alert.bytes)).toBe(true)
    }
  })
})

describe.skipIf(!rtds)('the reference alerts of a gas meter about what happened', () => {
  const raised = (scenario: string, happen: (device: Device, alert: DecodedMessage) => void): boolean => {
    const { message, bytes } = lonelyAlert(scenario)
    const { device, sent } = referenceBench(gsme, GSME, decodeGbzAlert(message.content).time)
    device.counters.own = message.originatorCounter - 1n
    happen(device, message)
    return sent.some((octets) => sameButSignature(octets, bytes))
  }
  it('are those of its authority, its top-ups and its doubts', () => {
    expect(raised('GCA-ZigBee_NA_8F30', (device) => raise(device, 'sourceDoesNotHaveAuthorityForCommand'))).toBe(true)
    expect(raised('GNCA-ZigBee_NA_810E', (device) => raise(device, 'creditAddedLocally'))).toBe(true)
    expect(raised('MIIWA-ZigBee_NA_81A0', (device) => integrityIssue(device, 5))).toBe(true)
  })
  it('are that of its billing data', () => {
    const billing = (device: Device, alert: DecodedMessage): void =>
      device.profile.zcl?.billingDataUpdated?.(
        device,
        decodeGbzAlert(alert.content).content ?? new Uint8Array(0),
        (sealed) => open(alert, sealed),
      )
    expect(raised('GCS53_NA_8F0A', billing)).toBe(true)
  })
})
