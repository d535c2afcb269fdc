import { decodeMessage, decodeGbzAlert } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds } from '../../../packages/gbcs/src/rtds.fixture.js'
import { exchangesOf, play, sameButSignature } from '../../../packages/firmware/src/gas/reference.fixture.js'
import { gsme } from './index.js'

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
