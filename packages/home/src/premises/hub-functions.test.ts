import { type Device, readZclAttribute } from '@smets2-sim/firmware'
import { CCS06, type CommandRequest, ECS52, GCS15c, GCS23, GCS25 } from '@smets2-sim/gbcs'
import { price } from '@smets2-sim/zcl'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { home, type Home } from '../index.js'

/** A volume conversion factor of 1, and a calorific value in tenths of a megajoule a cubic metre. */
const calorificValue = (to: { id: Home['gsme']['id'] }, tenths: number): CommandRequest =>
  GCS23.command({
    to,
    parts: [
      {
        item: 'publishConversionFactor',
        fields: { issuerEventId: 0, startTime: 0, conversionFactor: 1, conversionFactorTrailingDigit: 0 },
      },
      {
        item: 'publishCalorificValue',
        fields: {
          issuerEventId: 0,
          startTime: 0,
          calorificValue: tenths,
          calorificValueUnit: 1,
          calorificValueTrailingDigit: 0x10,
        },
      },
    ],
  })
const known = (device: Device): unknown =>
  readZclAttribute(device.profile.zcl as never, { device, now: device.now }, price, price.attributes.calorificValue.id)
    .value

describe('what passes by the hub', () => {
  let h: Home
  beforeAll(async () => {
    h = await home({ seed: 9 }).electricity().gas().commission()
  })
  afterAll(() => h[Symbol.asyncDispose]())

  it('is applied to the proxy’s copy when the gas meter has executed it', async () => {
    expect((await h.supplier.send(calorificValue(h.gsme, 392))).ok).toBe(true)
    expect([known(h.gsme.device), known(h.gpf.device)]).toEqual([392, 392])
  })
  it('is not, when the meter has refused it', async () => {
    const { networkOperator } = h
    await expect(networkOperator.send(calorificValue(h.gsme, 500))).rejects.toMatchObject({ reason: 'notAuthorised' })
    expect([known(h.gsme.device), known(h.gpf.device)]).toEqual([392, 392])
  })
  it('tells the hub when it last heard of a device', async () => {
    await h.supplier.send(ECS52.command({ to: h.esme }))
    const { value } = await h.accessControlBroker.send(CCS06.command({ to: h.chf }))
    const row = value.deviceLog.find(({ deviceId }) => Buffer.from(deviceId).toString('hex') === h.esme.id)
    expect(row?.transmissionSuccesses).toBeGreaterThan(0)
  })
  it('is not heard by a meter without power, and nothing comes from it', async () => {
    h.esme.outage()
    await expect(h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS: 60 })).rejects.toMatchObject({
      reason: 'timeout',
    })
    h.esme.restore()
    expect((await h.supplier.send(ECS52.command({ to: h.esme }))).ok).toBe(true)
  })
})

describe('an alert about the billing data log', () => {
  const DAY_S = 86_400
  const billing = (to: { id: Home['gsme']['id'] }, now: number): CommandRequest =>
    GCS25.command({
      to,
      parts: [
        {
          item: 'publishBillingPeriod',
          fields: {
            providerId: 0,
            issuerEventId: now,
            billingPeriodStartTime: Math.floor(now / DAY_S) * DAY_S,
            billingPeriodDuration: 1,
            billingPeriodDurationType: 0x21,
            tariffType: 0,
          },
        },
      ],
    })
  const tapped = (h: Home, name: 'gpf' | 'chf', code: number, said?: string) =>
    h[name]
      .log('eventLog.buffer')
      .filter(
        (event) =>
          event.code === code && (said === undefined || Buffer.from(event.otherInformation).toString('hex') === said),
      )
  const FAILURE = 0x819e
  async function billedHome(): Promise<Home> {
    const h = await home({ seed: 9 }).electricity().gas().commission()
    expect((await h.supplier.send(billing(h.gsme, h.now))).ok).toBe(true)
    return h
  }
  const announced = (h: Home) => h.nextAlert(h.supplier, ({ name }) => name === 'billingDataLogUpdated')
  const failure = (h: Home) =>
    h.nextAlert(h.accessControlBroker, ({ name }) => name === 'tapOffMessageResponseOrAlertFailure')

  it('passes the proxy, whose copy has the entry at the next wake of the meter', async () => {
    await using h = await billedHome()
    await announced(h)
    await h.advance('35m')
    expect(tapped(h, 'gpf', 0x8154, '008b')).toHaveLength(1)
    const entry = GCS15c.command({
      to: h.gpf,
      parts: [
        {
          item: 'getSnapshot',
          fields: { earliestStartTime: 0, latestEndTime: 0xffffffff, snapshotOffset: 0, snapshotCause: 2 },
        },
      ],
    })
    expect((await h.supplier.send(entry)).ok).toBe(true)
    expect(h.gpf.log('snapshots.billing')).toEqual(
      h.gsme.log('snapshots.billing').map((kept) => ({ ...kept, found: 1 })),
    )
    await h.advance('3h')
    expect([tapped(h, 'gpf', FAILURE), tapped(h, 'chf', FAILURE)]).toEqual([[], []])
  })
  it('is told by the hub when the entry does not reach the copy', async () => {
    await using h = await billedHome()
    const midnight = Math.ceil(h.now / DAY_S) * DAY_S
    // the entry comes with the report of midnight, the alert a moment after it
    h.premises.world.at(midnight * 1000 + 10, 'the entry is lost', () =>
      h.gpf.change((proxy) => proxy.log('snapshots.billing').clear()),
    )
    await announced(h)
    expect((await failure(h)).from).toBe(h.chf.id)
    expect([tapped(h, 'gpf', FAILURE), tapped(h, 'chf', FAILURE)]).toMatchObject([[{}], [{}]])
  })
  it('is told by the hub when it was damaged on its way', async () => {
    await using h = await billedHome()
    h.faults.corrupt({ from: 'gsme', bit: 0 })
    expect((await failure(h)).from).toBe(h.chf.id)
    expect(h.supplier.alerts.filter(({ name }) => name === 'billingDataLogUpdated')).toEqual([])
  })
})
