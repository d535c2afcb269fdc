import { ECS19, ECS42 } from '@smets2-sim/gbcs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { home, type Home } from './index.js'
import { prepaymentMode } from './scenarios/payment-modes.js'

describe('a top-up of an electricity meter', () => {
  let h: Home
  beforeAll(async () => {
    h = await home({ seed: 11 }).electricity().commission()
    expect((await h.supplier.send(prepaymentMode(h.esme, 0))).ok).toBe(true)
  })
  afterAll(() => h[Symbol.asyncDispose]())
  const balance = async (): Promise<number> => {
    const { value } = await h.supplier.send(ECS19.command({ to: h.esme }))
    return value.balances.meterBalanceMillipence
  }

  it('credits what the token is worth, and does not disturb the counters of other commands', async () => {
    const before = await balance()
    const topUp = h.supplier.issueTopUp({ to: h.esme, pence: 1250 })
    expect((await h.supplier.sendTopUp(topUp)).ok).toBe(true)
    expect((await balance()) - before).toBe(1_250_000)
    expect((await h.supplier.send(ECS42.command({ to: h.esme }))).ok).toBe(true)
  })
  it('credits once, whichever way the token comes, and however often', async () => {
    const before = await balance()
    const topUp = h.supplier.issueTopUp({ to: h.esme, pence: 500 })
    expect(h.esme.request({ command: 'addCredit', digits: topUp.utrn }, 'keypad').ok).toBe(true)
    expect((await h.supplier.sendTopUp(topUp)).ok).toBe(false)
    await expect(h.supplier.sendTopUp(topUp)).rejects.toMatchObject({ reason: 'replayed' })
    expect(h.esme.request({ command: 'addCredit', digits: topUp.utrn }, 'keypad').ok).toBe(false)
    expect((await balance()) - before).toBe(500_000)
  })
  it('that was lost on its way can be sent again, and credits once', async () => {
    const before = await balance()
    const topUp = h.supplier.issueTopUp({ to: h.esme, pence: 700 })
    h.faults.drop({ from: 'wan' })
    await expect(h.supplier.sendTopUp(topUp, { timeoutS: 60 })).rejects.toMatchObject({ reason: 'timeout' })
    expect((await h.supplier.sendTopUp(topUp)).ok).toBe(true)
    expect((await balance()) - before).toBe(700_000)
  })
  it('for another meter, or with a wrong digit, credits nothing', async () => {
    const before = await balance()
    const topUp = h.supplier.issueTopUp({ to: h.esme, pence: 700 })
    const wrong = topUp.utrn.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
    expect(h.esme.request({ command: 'addCredit', digits: wrong }, 'keypad').ok).toBe(false)
    const other = await home({ seed: 12 }).electricity().commission()
    const foreign = other.supplier.issueTopUp({ to: other.esme, pence: 700 })
    expect(h.esme.request({ command: 'addCredit', digits: foreign.utrn }, 'keypad').ok).toBe(false)
    expect(await balance()).toBe(before)
  })
})
