import type { UtcSeconds } from '@smets2-sim/cosem'
import { han, type HanCommand } from '@smets2-sim/firmware'
import { messaging, zclStatus } from '@smets2-sim/zcl'
import type { GasHome, GasMessage } from './home.js'

const CONFIRMATION_REQUIRED = 0x80
const UNTIL_CHANGED = 0xffff

/** Display Message: the answer of a proxy that has a message, and what it publishes when it gets one. */
export const displayMessage = ({ messageId, text, from, until }: GasMessage): HanCommand => ({
  cluster: messaging,
  name: 'displayMessage',
  fields: {
    messageId,
    messageControl: CONFIRMATION_REQUIRED,
    startTime: from,
    durationInMinutes: minutesBetween(from, until),
    message: text,
  },
})
const minutesBetween = (from: UtcSeconds, until: UtcSeconds): number =>
  Number.isFinite(until) ? Math.min(UNTIL_CHANGED - 1, Math.ceil((until - from) / 60)) : UNTIL_CHANGED

/** Messaging cluster of a gas proxy. */
export const messagingServer = han.servedCluster<GasHome, typeof messaging>(messaging, {
  commands: {
    getLastMessage: {
      from: ['ppmid', 'type2'],
      handle({ readings }) {
        const message = readings.message()
        return message ? displayMessage(message) : zclStatus.notFound
      },
    },
    messageConfirmation: {
      from: ['ppmid', 'type2'],
      handle: ({ readings }, { messageId }) =>
        readings.message()?.messageId === messageId ? zclStatus.success : zclStatus.notFound,
    },
  },
})
