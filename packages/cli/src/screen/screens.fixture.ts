import { fromIso } from '@smets2-sim/cosem'
import type { display } from '@smets2-sim/firmware'
import { alerts } from '@smets2-sim/gbcs'
import type { PpmidScreen } from '@smets2-sim/ppmid'

const time = fromIso('2026-01-02T12:00:00Z')
const used = (energyWh: number, costMillipence: number): display.Used => ({ energyWh, costMillipence })

export const ihdScreen: display.Screen = {
  time,
  hub: { state: 'connected' },
  electricity: {
    link: { state: 'connected', bars: 3, lastHeard: time },
    demandW: 2500,
    demandCostMillipencePerHour: 75_625,
    ambient: 'high',
    registerWh: 1_000_000,
    activePriceMillipencePerKwh: 30_250,
    tier: 1,
    tariffName: 'TOU 1',
    standingChargeMillipencePerDay: 50_000,
    today: used(12_345, 370_350),
    thisWeek: used(100_000, 3_000_000),
    thisMonth: used(40_000, 1_200_000),
    previousDays: [used(24_000, 580_000), used(23_000, 500_000)],
    previousWeeks: [used(96_000, 2_320_000)],
    previousMonths: [used(744_000, 17_980_000)],
    paymentMode: 'credit',
    balanceMillipence: -1_234_000,
    amountOwedMillipence: 1_234_000,
    emergencyCredit: 'unavailable',
    emergencyCreditMillipence: 0,
    isCreditLow: false,
    isCreditExhausted: false,
    accumulatedDebtMillipence: 0,
    timeDebt1Millipence: 0,
    timeDebt2Millipence: 0,
    paymentDebtMillipence: 0,
    supply: 'enabled',
    supplier: 'Volt & Co',
    supplierContact: '0800 123',
    unavailable: {},
    alerts: [],
  },
  gas: {
    link: { state: 'connected', bars: 5, lastHeard: time },
    registerLitres: 1_234_567,
    unavailable: { today: 'notProvided', supply: 'notReadYet' },
    alerts: [],
  },
  messages: [
    {
      fuel: 'electricity',
      id: 1,
      text: 'Prices change',
      from: time,
      until: Infinity,
      isToConfirm: true,
      isConfirmed: false,
    },
  ],
}

export const ppmidScreen: PpmidScreen = {
  ...ihdScreen,
  electricity: {
    ...ihdScreen.electricity,
    paymentMode: 'prepayment',
    balanceMillipence: -100_000,
    amountOwedMillipence: 0,
    emergencyCredit: 'active',
    emergencyCreditMillipence: 400_000,
    isCreditLow: true,
    paymentDebtMillipence: 1_000_000,
    timeDebt1Millipence: 200_000,
    supply: 'armed',
    alerts: [{ ...alerts.emergencyCreditActivated, time: time - 60 }],
  },
  messages: [],
  commands: {
    electricity: { command: 'topUp', state: 'done', text: 'Accepted: £20.25, balance £19.25', at: time },
  },
  keypad: { dialogue: 'entering', fuel: 'gas', digits: '12345' },
}
