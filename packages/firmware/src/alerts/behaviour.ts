import {
  type AlertCode,
  alertBehaviourBit,
  type BehaviourChannel,
  type BehaviourOwner,
  initialBehaviour,
  isBehaviourOn,
} from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** The settings of one channel: 256 characters 0 or 1. facts 4.3. */
export const behaviourItem = (owner: BehaviourOwner, channel: BehaviourChannel): Item<string> => {
  const key = `${owner} ${channel}`
  let found = items.get(key)
  if (!found) items.set(key, (found = item(`alertBehaviour.${owner}.${channel}`, initialBehaviour(owner, channel))))
  return found
}
const items = new Map<string, Item<string>>()

/** Whether the settings let an alert through on this channel. Critical alerts and security events have no setting. */
export function behaviourAllows(device: Device, { code }: AlertCode, channel: BehaviourChannel): boolean {
  const bit = alertBehaviourBit(code)
  if (!bit) return true
  const setting = behaviourItem(bit.owner, channel)
  // until somebody has set it, the table of alerts speaks for itself
  return !device.items.has(setting) || isBehaviourOn(device.items.read(setting), code) === true
}
