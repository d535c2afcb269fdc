import type { UtcSeconds } from '@smets2-sim/cosem'
import { derived, type Device, type Item, item, type Process } from '@smets2-sim/firmware'

/**
 * Something that is to be done when all parts of what was changed are in force, and after their alerts: commands and
 * activations change settings one by one, in one second.
 */
export interface FollowUp {
  /** Asks for it, at the present. */
  later(device: Device): void
  readonly process: Process
}

export function followUp(name: string, body: (device: Device) => void): FollowUp {
  const askedAt: Item<UtcSeconds | undefined> = item(`followUp.${name}`, undefined)
  return {
    later: (device) => device.items.write(askedAt, device.now),
    process: {
      nextDue: derived([askedAt], ({ items }) => items.read(askedAt)),
      run(device) {
        device.items.reset(askedAt)
        body(device)
      },
    },
  }
}
