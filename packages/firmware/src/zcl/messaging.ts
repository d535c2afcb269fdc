import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import type { ClusterServer, ZclContext } from './profile.js'

/** A message of the supplier for the consumer. */
export interface SupplierMessage {
  readonly messageId: number
  readonly text: Uint8Array
  readonly from: UtcSeconds
  /** Infinity for one without an end. */
  readonly until: UtcSeconds
}
/** The last message; the next one takes its place. */
const stored: Item<(Omit<SupplierMessage, 'until'> & { readonly minutes: number }) | undefined> = item(
  'consumer.message',
  undefined,
)
const UNTIL_CHANGED = 0xffff

function displayMessage({ device }: ZclContext, fields: Readonly<Record<string, any>>): void {
  device.items.write(stored, {
    messageId: fields['messageId'] as number,
    text: fields['message'] as Uint8Array,
    from: (fields['startTime'] as number) || device.now,
    minutes: fields['durationInMinutes'] as number,
  })
}

/** The message that is to be shown now, if any. */
export function messageToShow(device: Device): SupplierMessage | undefined {
  const message = device.items.read(stored)
  if (!message) return undefined
  const { minutes, ...rest } = message
  const until = minutes === UNTIL_CHANGED ? Infinity : message.from + minutes * 60
  return device.now >= message.from && device.now < until ? { ...rest, until } : undefined
}

/** Messages (GCS07). One with a start time is kept, and shown from then on. */
export const messaging: ClusterServer = {
  commands: { 'messaging.displayMessage': { handle: displayMessage } },
  learns: { 'messaging.displayMessage': displayMessage },
}
