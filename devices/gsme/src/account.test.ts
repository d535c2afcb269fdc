import { changeAccount, creditItems, creditSettings, payment, readAccount, readSettings } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { display } from './index.js'
import { meterBench } from './bench.fixture.js'

const [PREPAYMENT, CREDIT] = [0x0897, 0x0c94]
const meter = (paymentControl: number) => {
  const { device } = meterBench()
  device.items.write(creditSettings.paymentControl, paymentControl)
  return device
}
const edit = (device: ReturnType<typeof meter>, changes: Partial<payment.Account>) =>
  changeAccount(device, (account) => ({ account: { ...account, ...changes }, raised: [] }))

describe('the account of a gas meter', () => {
  it('comes back from its attributes as it was put there', () => {
    for (const paymentControl of [PREPAYMENT, CREDIT]) {
      const device = meter(paymentControl)
      const changes = {
        meterBalanceMillipence: -700,
        emergencyCredit: 'active',
        emergencyCreditMillipence: 40,
        emergencyCreditUsedMillipence: 60,
        accumulatedDebtMillipence: 5,
        timeDebtsMillipence: [6, 7],
        paymentDebtMillipence: 8,
        capped: { period: 3, millipence: 9 },
        remainderMicropence: 10,
        watch: { low: true, exhausted: true, disabling: false },
      } as const
      edit(device, changes)
      expect(readAccount(device)).toMatchObject(changes)
    }
  })
  it('keeps the bill and the balance apart: each is what the account is worth in its mode', () => {
    const device = meter(PREPAYMENT)
    device.items.write(creditItems.billToDate, 300)
    edit(device, { meterBalanceMillipence: 1000 })
    expect(display(device)).toMatchObject({ paymentMode: 'prepayment', balanceMillipence: 1000 })
    device.items.write(creditSettings.paymentControl, CREDIT)
    changeAccount(device, (account, settings) => payment.charge(account, settings, 20_000))
    expect(display(device)).toMatchObject({ paymentMode: 'credit', balanceMillipence: -320 })
    expect(device.items.read(creditItems.balance)).toBe(1000)
    expect(device.items.read(creditItems.billToDate)).toBe(320)
  })
  it('lends nothing in credit mode, whatever was lent before', () => {
    const device = meter(CREDIT)
    edit(device, { emergencyCredit: 'active', emergencyCreditMillipence: 500 })
    const { account } = changeAccount(device, (before, settings) => payment.charge(before, settings, 20_000))
    expect(account).toMatchObject({ emergencyCreditMillipence: 500, meterBalanceMillipence: -20 })
  })
  it('repays payment debt up to the cap of the week from Monday, and without limit where there is no cap', () => {
    const monday = 2 * 86_400
    const share = (cap: number, ...times: readonly number[]) => {
      const device = meter(PREPAYMENT)
      device.items.write(creditSettings.debtPerPayment, 2500)
      device.items.write(creditSettings.debtCap, cap)
      edit(device, { paymentDebtMillipence: 500 })
      return times.map(
        (time) =>
          changeAccount(device, (account, settings) => payment.applyTopUp(account, settings, 200, time)).parts
            .paymentDebtMillipence,
      )
    }
    const times = [monday, monday + 6 * 86_400, monday + 7 * 86_400]
    expect(share(60, ...times)).toEqual([50, 10, 50])
    expect(share(0, ...times)).toEqual([50, 50, 50])
  })
  it('has no limits before they are set, and collects debts hourly unless daily', () => {
    const device = meter(PREPAYMENT)
    device.items.write(creditSettings.debtFrequency[1] as typeof creditSettings.debtCap, 1)
    expect(readSettings(device)).toMatchObject({
      maxMeterBalanceMillipence: Infinity,
      maxCreditThresholdMillipence: Infinity,
      timeDebtRates: [{ periodS: 3600 }, { periodS: 86_400 }],
    })
    device.items.write(creditSettings.maxCreditLimit, 0)
    expect(readSettings(device).maxMeterBalanceMillipence).toBe(0)
  })
})
