import {
  attributeItem,
  type AttributeView,
  clusterKey,
  type ClusterServer,
  firmwareVersion,
  type Item,
  supplyState,
} from '@smets2-sim/firmware'
import { type Cluster, metering, price } from '@smets2-sim/zcl'
import { batteryDays } from './battery.js'
import { energySettings } from './energy.js'

/** An attribute that has a value before anyone has set it. */
const initially = <C extends Cluster>(
  cluster: C,
  name: keyof C['attributes'] & string,
  value: number,
): Record<string, AttributeView> => ({
  [`${clusterKey(cluster)}.${name}`]: {
    get: ({ device }) => device.items.read(attributeItem(cluster, name)) ?? value,
  },
})
const fromItem = (cluster: Cluster, { name, initial }: Item<number>): Record<string, AttributeView> =>
  initially(cluster, name.slice(name.indexOf('.') + 1), initial)

/** Unit of registers: cubic metres, in thousandths. facts 12.3. */
export const CUBIC_METRES = 1
export const REGISTER_DIVISOR = 1000
const MEGAJOULES_PER_CUBIC_METRE = 1

/** What a gas meter is: its firmware, and the unit of its registers. */
export const identity: ClusterServer = {
  attributes: {
    'metering.currentMeterID': {
      get: ({ device }) => device.items.read(firmwareVersion),
      prime: ({ device }, value) => device.items.write(firmwareVersion, value as Uint8Array),
    },
    ...initially(metering, 'unitofMeasure', CUBIC_METRES),
    ...initially(metering, 'multiplier', 1),
    ...initially(metering, 'divisor', REGISTER_DIVISOR),
    ...initially(metering, 'supplyTamperState', supplyState.unchanged),
    ...initially(metering, 'supplyDepletionState', supplyState.unchanged),
    ...fromItem(metering, batteryDays),
    ...Object.assign({}, ...Object.values(energySettings).map((kept) => fromItem(price, kept))),
    ...initially(price, 'calorificValueUnit', MEGAJOULES_PER_CUBIC_METRE),
  },
}
