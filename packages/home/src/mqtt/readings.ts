import { mpan } from '@smets2-sim/gbcs'
import { attributeItem, type display } from '@smets2-sim/firmware'
import type { GasReadings, HomeReadings, Totals } from '@smets2-sim/serial'
import { metering } from '@smets2-sim/zcl'
import type { Premises } from '../premises/premises.js'
import { servedBy } from '../premises/served-clusters.js'

/** Money travels in 10^-5 of a pound. */
const MILLIPENCE_PER_POUND = 100_000
const text = (octets: unknown): string => (octets instanceof Uint8Array ? new TextDecoder().decode(octets).trim() : '')

const priceOf = (fuel: display.FuelScreen) => ({
  unitRatePoundsPerKwh: (fuel.activePriceMillipencePerKwh ?? 0) / MILLIPENCE_PER_POUND,
  standingChargePoundsPerDay: (fuel.standingChargeMillipencePerDay ?? 0) / MILLIPENCE_PER_POUND,
})
const used = (fuel: display.FuelScreen) => ({
  day: (fuel.today?.energyWh ?? 0) / 1000,
  week: (fuel.thisWeek?.energyWh ?? 0) / 1000,
  month: (fuel.thisMonth?.energyWh ?? 0) / 1000,
})

/**
 * What a consumer access device would publish of a home: from the screen of its display, and what stands only in meter
 * and proxy (export, supply points, volumes) from there. A fuel that the display has not read is missing.
 */
export function readingsOf(premises: Premises, { electricity, gas }: display.Screen): HomeReadings {
  const time = premises.world.now
  const esme = premises.devices.get('esme')
  return {
    time,
    ...(esme &&
      electricity.registerWh !== undefined &&
      electricity.demandW !== undefined && {
        electricity: {
          time,
          importKwh: { cumulative: electricity.registerWh / 1000, ...used(electricity) },
          exportKwh: Number(servedBy(esme.device)?.read(metering, 'currentSummationReceived') ?? 0) / 1000,
          powerKw: electricity.demandW / 1000,
          mpan: esme.read(mpan.value).trim(),
          supplier: electricity.supplier ?? '',
          price: priceOf(electricity),
        },
      }),
    ...gasReadings(premises, gas),
  }
}

function gasReadings(premises: Premises, gas: display.FuelScreen): { readonly gas?: GasReadings } {
  const { registerLitres, readAt } = gas
  if (registerLitres === undefined || readAt === undefined) return {}
  const { device } = premises.device('gpf')
  const volume = (name: string): number => Number(servedBy(device)?.read(metering, name) ?? 0) / 1000
  const importM3: Totals = {
    cumulative: registerLitres / 1000,
    day: volume('currentDayConsumptionDelivered'),
    week: volume('currentWeekConsumptionDelivered'),
    month: volume('currentMonthConsumptionDelivered'),
  }
  return {
    gas: {
      time: readAt,
      importKwh: { cumulative: importM3.cumulative * KWH_PER_M3, ...used(gas) },
      importM3,
      mprn: text(device.items.read(attributeItem(metering, 'siteID'))),
      supplier: gas.supplier ?? '',
      price: priceOf(gas),
    },
  }
}
/** Typical of GB gas: 39.5 MJ/m3, corrected by 1.02264, of 3.6 MJ in a kilowatt-hour. The proxy has no total in energy. */
const KWH_PER_M3 = (39.5 * 1.02264) / 3.6
