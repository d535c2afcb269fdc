import { eui64 } from '@smets2-sim/bytes'
import { type Device, supplierContact } from '@smets2-sim/firmware'
import { alerts, GCS21b, GCS33 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { gasBench, type GasBench } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { exchangesOf } from '../../../packages/firmware/src/gas/reference.fixture.js'
import { rtds } from '../../../packages/gbcs/src/rtds.fixture.js'
import { gpf, tapOff } from './index.js'
import { contact, exchange } from './tap-off.fixture.js'

const proxyId = eui64('00db1234567890a3')
const START = 820_540_800
const proxyBench = (): GasBench => gasBench(gpf, proxyId, {}, START)

describe('tap-off', () => {
  const codes = (device: Device): number[] =>
    [...device.log('eventLog.buffer').entries()].map(({ code }: { code: number }) => code)

  it('takes over what the meter executed, now or at its time', () => {
    const bench = proxyBench()
    const name = (): string => new TextDecoder().decode(bench.device.items.read(supplierContact).name)
    const now = exchange(contact('now'), 1n)
    expect(tapOff(bench.device, now.command, now.response)).toBe('applied')
    expect(name()).toBe('now')
    const later = exchange(contact('later', START + 3600), 2n)
    const latest = exchange(contact('latest', START + 1800), 3n)
    for (const { command, response } of [later, latest]) tapOff(bench.device, command, response)
    bench.advance(1799)
    expect(name()).toBe('now')
    bench.advance(3600)
    expect(name()).toBe('latest')
    const cancelled = exchange(contact('never', START + 20_000), 4n)
    const cancel = exchange(contact('never', 0xffffffff), 5n)
    for (const { command, response } of [cancelled, cancel]) tapOff(bench.device, command, response)
    bench.advance(30_000)
    expect(name()).toBe('latest')
    expect(bench.alerts()).toEqual([])
  })
  it.skipIf(!rtds)('gives the proxy the calendars of the reference commands', () => {
    const bench = proxyBench()
    for (const { name, command, response } of exchangesOf('00db1234567890a1'))
      if (/GCS0[15].*IMMEDIATE/.test(name)) expect(tapOff(bench.device, command.bytes, response.bytes)).toBe('applied')
    const read = bench.send(
      GCS21b.command({
        to: proxyId,
        parts: [
          { item: 'readPrepayment', fields: {} },
          {
            item: 'getDayProfiles',
            fields: { providerId: 0, issuerCalendarId: 0xfffffffe, startDayId: 1, numberOfDays: 0 },
          },
        ],
      }),
    )
    expect(read.value.commands).toHaveLength(3)
    expect(read.value.attributes).toMatchObject({ maxCreditLimit: 25_000_000, lowCreditWarning: 5_000_000 })
  })
  it('is refused where command and response do not belong together, and the failure logged', () => {
    const bench = proxyBench()
    bench.alerts()
    // a response to another command: neither message needs to be authentic for the proxy, which has no key to it
    const { command, response } = exchange(contact('A'), 1n)
    const other = exchange(contact('B'), 2n)
    expect(tapOff(bench.device, command, other.response)).toBe('failed')
    expect(codes(bench.device)).toEqual([alerts.tapOffMessageResponseOrAlertFailure.code])
    expect(tapOff(bench.device, command, Uint8Array.of(1, 2, 3))).toBe('failed')
    expect(tapOff(bench.device, command, response)).toBe('applied')
    expect(codes(bench.device)).toContain(0x8154)
  })
  it('leaves what the meter refused, and what is none of its business', () => {
    const bench = proxyBench()
    const { command, response } = exchange(contact('A'), 1n, 0xc0)
    tapOff(bench.device, command, response)
    expect(bench.device.items.has({ name: 'supplier.contact', initial: undefined })).toBe(false)
    const read = exchange(GCS33.command({ to: proxyId, parts: [{ item: 'readMetering', fields: {} }] }), 3n)
    expect(tapOff(bench.device, read.command, read.response)).toBe('ignored')
  })
})
