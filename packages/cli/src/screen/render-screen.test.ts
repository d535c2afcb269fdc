import type { display } from '@smets2-sim/firmware'
import { fromIso } from '@smets2-sim/cosem'
import { alerts } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ihdScreen, ppmidScreen } from './screens.fixture.js'
import { renderPpmidScreen, renderScreen } from './render-screen.js'
import { wrap } from './text.js'

const lines = (text: string): string[] => text.split('\n')

describe('the screen of an in-home display', () => {
  it('says everything in kilowatt-hours, pounds and pence', () => {
    const text = renderScreen(ihdScreen, 60)
    for (const said of [
      'IN-HOME DISPLAY  2026-01-02 12:00:00 UTC  hub connected',
      'ELECTRICITY  connected |||..',
      'Now           2.500 kW',
      'Cost now      £0.75 an hour',
      'Light         high',
      'Price         30.25p/kWh',
      'Tariff        TOU 1',
      'Standing      50p/day',
      'Today         12.345 kWh  £3.70',
      'This week     100.000 kWh  £30.00',
      'This month    40.000 kWh  £12.00',
      'Mode          credit',
      'Balance       -£12.34',
      'Owed          £12.34',
      'Supply        on',
      'Supplier      Volt & Co 0800 123',
      'GAS  connected |||||',
      'Register      1234.567 m3',
      'Message (electricity): Prices change [to confirm]',
    ])
      expect(lines(text)).toContain(said)
    expect(text).toContain('Days before   24.000 kWh £5.80; 23.000 kWh £5.00')
  })
  it('says why a value is missing', () => {
    const { demandW: _w, demandCostMillipencePerHour: _c, ...rest } = ihdScreen.electricity
    const lost: display.FuelScreen = {
      ...rest,
      link: { state: 'lost', lastHeard: fromIso('2026-01-02T11:00:00Z') },
      unavailable: { demandW: 'linkLost', demandCostMillipencePerHour: 'linkLost' },
    }
    const text = lines(renderScreen({ ...ihdScreen, electricity: lost }, 60))
    expect(text).toContain('ELECTRICITY  lost since 2026-01-02 11:00:00 UTC')
    expect(text).toContain('Now           link lost')
    expect(text).toContain('Today         12.345 kWh  £3.70')
  })
  it('says that there is no time yet', () => {
    const { time: _, ...timeless } = ihdScreen
    expect(renderScreen(timeless, 100)).toContain('no time yet')
  })
  it('lets no text of a supplier move the cursor', () => {
    const nasty = '\x1b[2JGone\nAway\u202e'
    const text = renderScreen(
      {
        ...ihdScreen,
        electricity: { ...ihdScreen.electricity, supplier: nasty, tariffName: nasty },
        messages: ihdScreen.messages.map((message) => ({ ...message, text: nasty })),
      },
      100,
    )
    for (const character of ['\x1b', '\u202e']) expect(text).not.toContain(character)
    expect(text).toContain('Gone Away')
  })
  it('has two columns where there is room, and never a line that is too long', () => {
    expect(lines(renderScreen(ihdScreen, 100)).some((line) => /ELECTRICITY.* \| GAS/.test(line))).toBe(true)
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 200 }), (width) => {
        for (const text of [renderScreen(ihdScreen, width), renderPpmidScreen(ppmidScreen, width)])
          for (const line of lines(text)) expect(line.length).toBeLessThanOrEqual(width)
      }),
    )
  })
})

describe('the screen of a prepayment display', () => {
  it('shows credit, debts, supply, alerts, and what the meter answered', () => {
    const text = lines(renderPpmidScreen(ppmidScreen, 60))
    for (const said of [
      'Mode          prepayment',
      'Balance       -£1.00',
      'Low credit    yes',
      'Emergency     active, £4.00 left',
      'Debt, payment £10.00',
      'Debt, time 1  £2.00',
      'Supply        can be enabled',
      `! 2026-01-02 11:59:00 UTC ${alerts.emergencyCreditActivated.title}`,
      '> Accepted: £20.25, balance £19.25',
      'Token for gas: 1234 5',
    ])
      expect(text).toContain(said)
  })
  it('shows no debt that is not owed', () => {
    expect(renderPpmidScreen(ppmidScreen, 60)).not.toContain('Debt, time 2')
  })
})

it('breaks text between words, and words that are too long', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k'])
})
