import type { Cluster } from '../cluster.js'
import { atEnd, bitmap8, octetString, uint16, uint32, utcTime } from '../fields.js'

/** Messaging cluster, as far as GBCS and its displays use it (facts 6.5, gbz_commands.json). */
export const messaging = {
  id: 0x0703,
  name: 'Messaging',
  attributes: {},
  toServer: {
    getLastMessage: {
      id: 0x00,
      fields: {},
    },
    messageConfirmation: {
      id: 0x01,
      fields: {
        messageId: uint32,
        confirmationTime: utcTime,
        messageConfirmationControl: atEnd(bitmap8),
        messageResponse: atEnd(octetString),
      },
    },
    getMessageCancellation: {
      id: 0x02,
      fields: {
        earliestImplementationTime: utcTime,
      },
    },
  },
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
    cancelMessage: {
      id: 0x01,
      fields: {
        messageId: uint32,
        messageControl: bitmap8,
      },
    },
    cancelAllMessages: {
      id: 0x03,
      fields: {
        implementationDateTime: utcTime,
      },
    },
  },
} as const satisfies Cluster
