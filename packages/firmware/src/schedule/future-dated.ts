import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { RemotePartyRole } from '@smets2-sim/gbcs'
import { activatePendingAsn1 } from '../asn1/executor.js'
import { activatePendingMember } from '../cosem/activation.js'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'
import { type Item, item, type ItemStore } from '../state/item-store.js'
import { activatePendingComponent } from '../zcl/executor.js'

/** A command, or a part of one, that waits for its time. facts 3. */
export interface PendingCommand {
  readonly at: UtcSeconds
  readonly kind: 'cosem' | 'gbz' | 'asn1'
  /** What is set at that time; a later command for the same slot takes the place of an earlier one. */
  readonly slot: string
  /** Octets that are executed, where the slot alone does not say it. */
  readonly octets?: Uint8Array
  /** Of the command: quoted by the alert. */
  readonly messageCode: number
  readonly originatorCounter: bigint
  readonly originator: Eui64
  readonly role: RemotePartyRole
}

const pending: Item<readonly PendingCommand[]> = item('futureDatedCommands', [])

/** Commands that wait for their time, in the order in which they came. */
export class FutureDatedCommands {
  readonly #items: ItemStore
  constructor(items: ItemStore) {
    this.#items = items
  }

  all(): readonly PendingCommand[] {
    return this.#items.read(pending)
  }
  add(command: PendingCommand): void {
    this.#items.update(pending, (all) => [...all.filter(({ slot }) => slot !== command.slot), command])
  }
  /** Whether there was one. */
  cancel(slot: string): boolean {
    const before = this.all()
    const after = before.filter((command) => command.slot !== slot)
    if (after.length < before.length) this.#items.write(pending, after)
    return after.length < before.length
  }
  nextDue(): UtcSeconds | undefined {
    const all = this.all()
    return all.length === 0 ? undefined : all.reduce((soonest, { at }) => Math.min(soonest, at), Infinity)
  }
}

/** Who waits for what: the part of a pending command that comes from the message that ordered it. */
export const pendingFrom = ({ message, role }: Execution) => ({
  messageCode: message.otherInformation.messageCode,
  originatorCounter: message.originatorCounter,
  originator: message.originator,
  role: role as RemotePartyRole,
})

const activate: Readonly<Record<PendingCommand['kind'], (device: Device, command: PendingCommand) => void>> = {
  cosem: activatePendingMember,
  gbz: activatePendingComponent,
  asn1: activatePendingAsn1,
}

/** Executes the first of the commands that are due at `time`. */
export function executePending(device: Device, time: UtcSeconds): void {
  const command = device.futureDated.all().find(({ at }) => at <= time)
  if (!command) return
  device.futureDated.cancel(command.slot)
  activate[command.kind](device, command)
}
