import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { enum8, remainder, uint8, uint16 } from '../fields.js'

const transferData = { tunnelId: uint16, data: remainder } as const
const transferDataError = { tunnelId: uint16, transferDataStatus: enum8 } as const

/** Tunneling cluster: carries GBCS messages between hub and devices (facts 10.1). Flow control is never used, so its commands are left out. */
export const tunneling = {
  id: 0x0704,
  name: 'Tunneling',
  attributes: {
    /** Seconds. */
    closeTunnelTimeout: { id: 0x0000, type: t.uint16 },
  },
  toServer: {
    requestTunnel: {
      id: 0x00,
      fields: {
        protocolId: enum8,
        manufacturerCode: uint16,
        flowControlSupport: uint8,
        maximumIncomingTransferSize: uint16,
      },
    },
    closeTunnel: {
      id: 0x01,
      fields: {
        tunnelId: uint16,
      },
    },
    transferData: { id: 0x02, fields: transferData },
    transferDataError: { id: 0x03, fields: transferDataError },
    getSupportedTunnelProtocols: {
      id: 0x06,
      fields: {
        protocolOffset: uint8,
      },
    },
  },
  toClient: {
    requestTunnelResponse: {
      id: 0x00,
      fields: {
        tunnelId: uint16,
        tunnelStatus: uint8,
        maximumIncomingTransferSize: uint16,
      },
    },
    transferData: { id: 0x01, fields: transferData },
    transferDataError: { id: 0x02, fields: transferDataError },
    supportedTunnelProtocolsResponse: {
      id: 0x05,
      fields: {
        protocolListComplete: uint8,
        protocolCount: uint8,
        protocolList: remainder,
      },
    },
    tunnelClosureNotification: {
      id: 0x06,
      fields: {
        tunnelId: uint16,
      },
    },
  },
} as const satisfies Cluster
