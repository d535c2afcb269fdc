import { GbcsError } from '@smets2-sim/bytes'
import { EPOCH_2000, type UtcSeconds } from '@smets2-sim/cosem'

/** A total, and its part of this day, this week (from Monday) and this month so far. */
export interface Totals {
  readonly cumulative: number
  readonly day: number
  readonly week: number
  readonly month: number
}
export interface Price {
  readonly unitRatePoundsPerKwh: number
  readonly standingChargePoundsPerDay: number
}
export interface ElectricityReadings {
  readonly time: UtcSeconds
  readonly importKwh: Totals
  readonly exportKwh: number
  readonly powerKw: number
  readonly mpan: string
  readonly supplier: string
  readonly price: Price
}
export interface GasReadings {
  readonly time: UtcSeconds
  readonly importKwh: Totals
  readonly importM3: Totals
  readonly mprn: string
  readonly supplier: string
  readonly price: Price
}
/** What a display of a home knows at a time. */
export interface HomeReadings {
  readonly time: UtcSeconds
  readonly electricity?: ElectricityReadings
  readonly gas?: GasReadings
}

export interface MqttMessage {
  readonly topic: string
  /** JSON. */
  readonly payload: string
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))
const kilo = (value: number): number => round(value, 3)
const timestamp = (time: UtcSeconds): string => new Date((time + EPOCH_2000) * 1000).toISOString().replace('.000', '')
const totals = ({ cumulative, day, week, month }: Totals, suffix = ''): Record<string, number> => ({
  [`cumulative${suffix}`]: kilo(cumulative),
  [`day${suffix}`]: kilo(day),
  [`week${suffix}`]: kilo(week),
  [`month${suffix}`]: kilo(month),
})
const price = ({ unitRatePoundsPerKwh, standingChargePoundsPerDay }: Price) => ({
  unitrate: round(unitRatePoundsPerKwh, 5),
  standingcharge: round(standingChargePoundsPerDay, 5),
})

const electricity = (r: ElectricityReadings) => ({
  electricitymeter: {
    timestamp: timestamp(r.time),
    energy: {
      export: { cumulative: kilo(r.exportKwh), units: 'kWh' },
      import: { ...totals(r.importKwh), units: 'kWh', mpan: r.mpan, supplier: r.supplier, price: price(r.price) },
    },
    power: { value: kilo(r.powerKw), units: 'kW' },
  },
})
const gas = (r: GasReadings) => ({
  gasmeter: {
    timestamp: timestamp(r.time),
    energy: {
      import: {
        ...totals(r.importKwh),
        units: 'kWh',
        ...totals(r.importM3, 'vol'),
        cumulativevolunits: 'm3',
        dayweekmonthvolunits: 'm3',
        mprn: r.mprn,
        supplier: r.supplier,
        price: price(r.price),
      },
    },
  },
})
const state = (time: UtcSeconds, mac: string) => ({
  timestamp: timestamp(time),
  software: 'smets2-sim',
  hardware: 'simulated',
  ethmac: mac,
  han: { status: 'joined' },
})

/** The identifier in a topic: 12 or 16 upper-case hexadecimal digits, whatever the separators. @throws GbcsError `invalidValue` */
export function topicMac(text: string): string {
  const mac = text.replace(/[-:]/g, '').toUpperCase()
  if (!/^([0-9A-F]{12}|[0-9A-F]{16})$/.test(mac))
    throw new GbcsError('invalidValue', `found ${JSON.stringify(text)}, expected a MAC of 6 or 8 octets in hexadecimal`)
  return mac
}

/**
 * Readings as the common consumer access device of GB homes publishes them: topics `glow/<MAC>/...`, energy in kWh,
 * power in kW, volume in m3, money in pounds. A fuel that is missing has no message.
 * @throws GbcsError `invalidValue` for a MAC that is none
 */
export function glowMessages(readings: HomeReadings, mac: string): MqttMessage[] {
  const root = `glow/${topicMac(mac)}`
  const message = (topic: string, payload: object): MqttMessage => ({
    topic: `${root}/${topic}`,
    payload: JSON.stringify(payload),
  })
  return [
    message('STATE', state(readings.time, topicMac(mac))),
    ...(readings.electricity ? [message('SENSOR/electricitymeter', electricity(readings.electricity))] : []),
    ...(readings.gas ? [message('SENSOR/gasmeter', gas(readings.gas))] : []),
  ]
}
