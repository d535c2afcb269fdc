import { payment, readZclAttribute } from '@smets2-sim/firmware'
import { prepayment } from '@smets2-sim/zcl'
import { expect, it } from 'vitest'
import { meterBench, prepaymentMode, prepaymentSettings, tariff, tenWattHoursPerLitre } from './bench.fixture.js'
import { activateEmergencyCredit, setDemand } from './index.js'

it('the credit status says what is lent, what is used, and what is gone', () => {
  const bench = meterBench()
  const { device } = bench
  const bitmap = (): number =>
    readZclAttribute(
      device.profile.zcl as never,
      { device, now: device.now },
      prepayment,
      prepayment.attributes.creditStatus.id,
    ).value as number
  const says = (emergencyCreditMillipence = 1) => payment.readCreditStatus(bitmap(), emergencyCreditMillipence)
  // facts 10.2.1: credit is fine, and nothing is lent
  expect(bitmap()).toBe(0x01)
  bench.send(tenWattHoursPerLitre)
  bench.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [10_000, 0, 0, 0] }))
  bench.send(
    prepaymentSettings({ emergencyCreditLimit: 300_000, emergencyCreditThreshold: 100_000, lowCredit: 200_000 }),
  )
  // credit mode: the settings are there, and nothing of it matters but that credit could be lent
  expect(says()).toMatchObject({ emergencyCredit: 'unavailable', isEmergencyCreditLent: true, isLow: false })
  bench.send(prepaymentMode())
  expect(says()).toMatchObject({ emergencyCredit: 'available', isEmergencyCreditInUse: false, isLow: true })
  activateEmergencyCredit(device)
  expect(says()).toMatchObject({ emergencyCredit: 'active', isEmergencyCreditInUse: true, isLow: false })
  setDemand(device, 1000)
  bench.advance(3600 * 2)
  expect(says()).toMatchObject({
    emergencyCredit: 'active',
    isEmergencyCreditInUse: true,
    isLow: true,
    isExhausted: false,
  })
  bench.advance(3600 * 2)
  expect(says(0)).toMatchObject({ emergencyCredit: 'exhausted', isLow: true, isExhausted: true })
})
