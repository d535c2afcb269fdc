import { attributeItem, type AttributeView, type ClusterServer, firmwareVersion } from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'

/** A constant of the metrology, which a bench may set to that of another make. */
const constant = (name: keyof (typeof metering)['attributes'], value: number): Record<string, AttributeView> => ({
  [`metering.${name}`]: {
    get: ({ device }) => device.items.read(attributeItem(metering, name)) ?? value,
    prime: ({ device }, given) => device.items.write(attributeItem(metering, name), given),
  },
})

/** Unit of registers: cubic metres, in thousandths. facts 12.3. */
export const CUBIC_METRES = 1
export const REGISTER_DIVISOR = 1000

/** What a gas meter is: its firmware, and the unit of its registers. */
export const identity: ClusterServer = {
  attributes: {
    'metering.currentMeterID': {
      get: ({ device }) => device.items.read(firmwareVersion),
      prime: ({ device }, value) => device.items.write(firmwareVersion, value as Uint8Array),
    },
    ...constant('unitofMeasure', CUBIC_METRES),
    ...constant('multiplier', 1),
    ...constant('divisor', REGISTER_DIVISOR),
  },
}
