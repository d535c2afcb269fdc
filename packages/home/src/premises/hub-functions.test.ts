import { type Device, readZclAttribute } from '@smets2-sim/firmware'
import { CCS06, type CommandRequest, ECS52, GCS23 } from '@smets2-sim/gbcs'
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
