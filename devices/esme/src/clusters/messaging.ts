import { utf8 } from '@smets2-sim/bytes'
import { han, type HanCommand } from '@smets2-sim/firmware'
import { messaging, zclStatus } from '@smets2-sim/zcl'
import type { ElectricityHome, SupplierMessage } from './home.js'

/** The message asks to be confirmed (our decision: the meter has an alert, 81A6, for that). */
const CONFIRMATION_REQUIRED = 0x80
const UNTIL_CHANGED = 0xffff

/** Display Message: the answer of a meter that has a message, and what it publishes when it gets one. */
export const displayMessage = ({ id, text }: SupplierMessage): HanCommand => ({
  cluster: messaging,
  name: 'displayMessage',
  fields: {
    messageId: id,
    messageControl: CONFIRMATION_REQUIRED,
    startTime: 0,
    durationInMinutes: UNTIL_CHANGED,
    message: utf8(text),
  },
})

/** Messaging cluster of an electricity meter: the message of its supplier. */
export const messagingServer = han.servedCluster<ElectricityHome, typeof messaging>(messaging, {
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
      handle({ readings, actions }, { messageId }) {
        if (readings.message()?.id !== messageId) return zclStatus.notFound
        actions.messageConfirmed(messageId as number)
        return zclStatus.success
      },
    },
  },
})
