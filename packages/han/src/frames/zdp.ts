import { bitmap8, type CommandDefinition, counted, enum8, ieeeAddress, uint8, uint16 } from '@smets2-sim/zcl'

/** Profile and endpoint of the ZigBee device object. */
export const ZDO = { profileId: 0x0000, endpoint: 0 } as const
/** Bit that makes the cluster of a response out of that of its request. */
export const ZDP_RESPONSE = 0x8000
export const zdpStatus = { success: 0x00, deviceNotFound: 0x81, noMatch: 0x86 } as const

/** Requests and responses of the device object that this network uses: the identifier is the cluster. */
export const zdp = {
  nwkAddressRequest: {
    id: 0x0000,
    fields: { sequence: uint8, eui64: ieeeAddress, requestType: enum8, startIndex: uint8 },
  },
  nwkAddressResponse: {
    id: 0x8000,
    fields: { sequence: uint8, status: enum8, eui64: ieeeAddress, shortAddress: uint16 },
  },
  matchDescriptorRequest: {
    id: 0x0006,
    fields: {
      sequence: uint8,
      shortAddress: uint16,
      profileId: uint16,
      inClusters: counted(uint16),
      outClusters: counted(uint16),
    },
  },
  matchDescriptorResponse: {
    id: 0x8006,
    fields: { sequence: uint8, status: enum8, shortAddress: uint16, endpoints: counted(uint8) },
  },
  permitJoiningRequest: {
    id: 0x0036,
    fields: { sequence: uint8, durationS: uint8, trustCentreSignificance: uint8 },
  },
  deviceAnnounce: {
    id: 0x0013,
    fields: { sequence: uint8, shortAddress: uint16, eui64: ieeeAddress, capability: bitmap8 },
  },
} as const satisfies Record<string, CommandDefinition>
