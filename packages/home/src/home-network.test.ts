import { ECS42, ECS47, ECS61a, GCS03 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { home, type Home, replay } from './index.js'
import { prepaymentMode } from './scenarios/payment-modes.js'

/** GCS03: prepayment mode of a gas meter, now. */
const gasPrepayment = (to: { readonly id: Home['gsme']['id'] }) =>
  GCS03.command({
    to,
    parts: [
      {
        item: 'changePaymentMode',
        fields: {
          providerId: 0,
          issuerEventId: 1,
          implementationDateTime: 0,
          proposedPaymentControlConfiguration: 0x0897,
          cutOffValue: 0,
        },
      },
    ],
  })

describe.each(['direct', 'han'] as const)('the devices of a home, with a network %s', (network) => {
  const whole = (seed = 21) =>
    home({ seed, now: '2026-01-01T00:00:00Z', network })
      .electricity({ activeImportWh: 12_345_678, controllers: ['none', 'hcalcs'] })
      .gas({ consumptionL: 4_200_000 })
      .ppmid()
      .ihd()
      .hcalcs()

  it('show on both displays what the meters measure', async () => {
    await using h = await whole().commission()
    h.esme.load({ watts: 3000 })
    h.gsme.setDemand(600)
    await h.advance('90m')
    if (network === 'direct') expect(h.ihd.screen.electricity.demandW).toBe(3000) // at the first look
    void h.ppmid.screen
    await h.advance('1m')
    for (const screen of [h.ihd.screen, h.ppmid.screen]) {
      expect(screen.hub.state).toBe('connected')
      expect(screen.electricity).toMatchObject({ demandW: 3000, link: { state: 'connected' } })
      expect(screen.electricity.registerWh).toBeGreaterThan(12_345_678 + 4400)
      expect(screen.electricity.registerWh).toBeLessThan(12_345_678 + 4600)
      // the proxy heard at the last wake: within half an hour
      expect(screen.gas.registerLitres).toBeGreaterThan(4_200_000 + 500)
      expect(screen.gas.registerLitres).toBeLessThan(4_200_000 + 1000)
    }
    h.esme.load({ watts: 500 })
    await h.advance('20s')
    expect(h.ihd.screen.electricity.demandW).toBe(500)
  })

  it('take a top-up of electricity from the prepayment display, once', async () => {
    await using h = await whole().commission()
    await h.supplier.send(prepaymentMode(h.esme, 0))
    void h.ppmid.screen
    await h.advance('1m')
    const before = h.ppmid.screen.electricity.balanceMillipence ?? NaN
    const { utrn } = h.supplier.issueTopUp({ to: h.esme, pence: 1250 })
    h.ppmid.topUp('electricity', utrn)
    await h.advance('1m')
    expect(h.ppmid.screen.commands.electricity).toMatchObject({ command: 'topUp', state: 'done' })
    expect(h.ppmid.screen.electricity.balanceMillipence).toBe(before + 1_250_000)
    for (const digit of utrn) h.ppmid.press(digit as '0')
    h.ppmid.press('enter')
    await h.advance('1m')
    expect(h.ppmid.screen.commands.electricity).toMatchObject({ state: 'refused', text: 'Token already used' })
    expect(h.ppmid.screen.electricity.balanceMillipence).toBe(before + 1_250_000)
  })

  it('carry a top-up of gas (PCS01) and a wish for emergency credit (PCS02) to the meter when it wakes, and its answers back', async () => {
    await using h = await whole().commission()
    await h.supplier.send(gasPrepayment(h.gsme), { timeoutS: 7200 })
    void h.ppmid.screen
    const { utrn } = h.supplier.issueTopUp({ to: h.gsme, pence: 2000 })
    h.ppmid.topUp('gas', utrn)
    expect(h.ppmid.screen.commands.gas).toMatchObject({ state: 'waiting' })
    await h.advance('40m')
    expect(h.ppmid.screen.commands.gas).toMatchObject({ command: 'topUp', state: 'done' })
    await h.advance('31m')
    expect(h.ppmid.screen.gas.balanceMillipence).toBe(2_000_000)
    h.ppmid.activateEmergencyCredit('gas')
    await h.advance('40m')
    expect(h.ppmid.screen.commands.gas).toMatchObject({ command: 'activateEmergencyCredit', state: 'done' })
    h.ppmid.topUp('gas', utrn)
    await h.advance('40m')
    expect(h.ppmid.screen.commands.gas).toMatchObject({ command: 'topUp', state: 'refused' })
  })

  it('are told of alerts by meter and proxy', async () => {
    await using h = await whole().commission()
    void h.ppmid.screen
    await h.advance('1m')
    h.esme.raise('emergencyCreditActivated')
    h.gsme.raise('emergencyCreditExhausted')
    await h.advance('35m')
    for (const screen of [h.ihd.screen, h.ppmid.screen]) {
      expect(screen.electricity.alerts.map(({ code }) => code)).toEqual([0x81ab])
      expect(screen.gas.alerts.map(({ code }) => code)).toEqual([0x81aa])
    }
  })

  it('switch their load as the meter is told', async () => {
    await using h = await whole().commission()
    await h.advance('2m')
    const switched = async () =>
      (await h.supplier.send(ECS61a.command({ to: h.esme }))).value.auxiliaryLoadControlSwitch2
    expect([h.hcalcs.device.state, await switched()]).toEqual(['open', false])
    const close = ECS47.command({
      to: h.esme,
      auxiliaryController2SettingStart: { minutes: 30 },
      auxiliaryLoadControlScripts: 0x0211,
    } as never)
    expect((await h.supplier.send(close)).ok).toBe(true)
    await h.advance('5s')
    expect([h.hcalcs.device.state, await switched()]).toEqual(['closed', true])
    await h.advance('31m')
    expect([h.hcalcs.device.state, await switched()]).toEqual(['open', false])
  })

  it('hear no longer whom they do not reach, and again when they do', async () => {
    await using h = await whole().commission()
    void h.ihd.screen
    await h.advance('1m')
    h.setReachable('ihd', false)
    await h.advance('3m')
    expect(h.ihd.screen.electricity.link.state).not.toBe('connected')
    h.setReachable('ihd', true)
    await h.advance('30m')
    expect(h.ihd.screen.electricity.link.state).toBe('connected')
  })

  it('do the same again in a replay, with somebody at the display', async () => {
    await using h = await whole(22).commission()
    await h.supplier.send(prepaymentMode(h.esme, 0))
    const { utrn } = h.supplier.issueTopUp({ to: h.esme, pence: 300 })
    void h.ppmid.screen
    void h.ihd.screen
    await h.advance('2m')
    h.ppmid.topUp('electricity', utrn)
    await h.advance('2m')
    await h.supplier.send(ECS42.command({ to: h.esme }))
    const again = replay(h.recording())
    expect(again).toMatchObject({ identical: true })
    expect(again.premises.look('ppmid').screen).toEqual(h.ppmid.screen)
    expect(again.premises.look('ihd').screen).toEqual(h.ihd.screen)
  })
})
