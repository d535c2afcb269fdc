import { toIso, type UtcSeconds } from '@smets2-sim/cosem'
import type { PartyRole } from '@smets2-sim/parties'
import type { DeviceName } from './config/ids.js'

/** Devices and parties as people call them, in few letters. */
export const deviceTitles: Readonly<Record<DeviceName, string>> = {
  chf: 'hub',
  gpf: 'gas proxy',
  esme: 'electricity meter',
  gsme: 'gas meter',
  ppmid: 'payment display',
  ihd: 'display',
  hcalcs: 'load switch',
}
export const partyTitles: Readonly<Record<PartyRole, string>> = {
  supplier: 'supplier',
  networkOperator: 'network operator',
  accessControlBroker: 'access broker',
  transitionalCoS: 'change of supplier party',
  wanProvider: 'WAN provider',
  recovery: 'recovery party',
  loadController: 'load controller',
}

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 })
/** `12,345.678 kWh` */
export const kWh = (wh: number): string => `${grouped.format(wh / 1000)} kWh`
/** `4,200 m3`, from thousandths. */
export const cubicMetres = (litres: number | bigint): string => `${grouped.format(Number(litres) / 1000)} m3`
/** `£1.25`, from thousandths of a penny, whole pence towards zero. */
export function pounds(millipence: number): string {
  const pence = Math.trunc(Math.abs(millipence) / 1000)
  const sign = millipence < 0 && pence > 0 ? '-' : ''
  return `${sign}£${Math.trunc(pence / 100)}.${String(pence % 100).padStart(2, '0')}`
}
/** `07:05`, of the day in UTC. */
export const timeOfDay = (at: UtcSeconds): string => toIso(at).slice(11, 16)
/** `02/01 07:05`, day and month before the time. */
export const dayAndTime = (at: UtcSeconds): string =>
  `${toIso(at).slice(8, 10)}/${toIso(at).slice(5, 7)} ${timeOfDay(at)}`
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${grouped.format(n)} ${n === 1 ? one : many}`
