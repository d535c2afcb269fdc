import type { CommandRequest } from '@smets2-sim/gbcs'
import { activateEmergencyCredit, setDemand } from '@smets2-sim/gsme'
import { home } from '@smets2-sim/home'
import { expect, it } from 'vitest'
import {
  prepaymentMode,
  prepaymentSettings,
  tariff,
  tenWattHoursPerLitre,
} from '../../../../devices/gsme/src/bench.fixture.js'

/** A pound an hour. */
const LITRES_PER_HOUR = 1000

it('a display shows the emergency credit of a gas meter as it becomes available, is used, and is exhausted', async () => {
  await using h = await home({ seed: 21 }).electricity().gas().ihd().commission()
  const send = async (request: CommandRequest): Promise<void> =>
    expect((await h.supplier.send({ ...request, target: h.gsme.id })).ok).toBe(true)
  // a display reads from when it is first looked at
  expect(h.ihd.screen.gas.emergencyCredit).toBeUndefined()
  const shows = async (expected: object): Promise<void> => {
    // the meter wakes and reports every half hour, and the display asks for what is new
    await h.advance('62m')
    expect(h.ihd.screen.gas).toMatchObject(expected)
  }
  await send(tenWattHoursPerLitre)
  await send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [10_000, 0, 0, 0] }))
  await send(
    prepaymentSettings({ emergencyCreditLimit: 300_000, emergencyCreditThreshold: 100_000, lowCredit: 200_000 }),
  )
  const quiet = { isCreditLow: false, isCreditExhausted: false }
  await shows({ paymentMode: 'credit', emergencyCredit: 'unavailable', ...quiet })

  await send(prepaymentMode())
  await shows({ paymentMode: 'prepayment', balanceMillipence: 0, emergencyCredit: 'available', isCreditLow: true })

  expect(activateEmergencyCredit(h.gsme.device)).toBe(true)
  await shows({ emergencyCredit: 'active', emergencyCreditMillipence: 300_000, ...quiet })

  setDemand(h.gsme.device, LITRES_PER_HOUR)
  await h.advance('1h')
  await shows({ emergencyCredit: 'active', isCreditLow: true, isCreditExhausted: false })
  expect(h.ihd.screen.gas.emergencyCreditMillipence).toBeLessThan(200_000)

  await h.advance('2h')
  await shows({
    emergencyCredit: 'exhausted',
    emergencyCreditMillipence: 0,
    isCreditExhausted: true,
    supply: 'disabled',
  })
})
