import type { Cluster } from '../cluster.js'
import { bitmap8, octetString, uint16, uint32, utcTime } from '../fields.js'

/** Messaging cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const messaging = {
  id: 0x0703,
  name: 'Messaging',
  attributes: {},
  toServer: {},
  toClient: {
    displayMessage: {
      id: 0x00,
      fields: {
        messageId: uint32,
        messageControl: bitmap8,
        startTime: utcTime,
        durationInMinutes: uint16,
        message: octetString,
      },
    },
  },
} as const satisfies Cluster
