import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device, DeviceProfile } from '../device.js'
import { executePending } from './future-dated.js'

/** Something that happens in a device with time. */
export interface Process {
  /**
   * When it has something to do next; undefined for not in the foreseeable future. Asked whenever the device does
   * anything: where it follows from items alone, make it `derived`.
   */
  nextDue(device: Device): UtcSeconds | undefined
  /** Does what is due at `time`; afterwards `nextDue` must be later, or the device would stand still. */
  run(device: Device, time: UtcSeconds): void
  /** Whether it comes before commands that are due at the same time: what was metered was metered under the old tariff. */
  readonly beforeCommands?: true
}

const pendingCommands: Process = {
  nextDue: ({ futureDated }) => futureDated.nextDue(),
  run: executePending,
}
const inOrder = ({ processes = [] }: DeviceProfile): readonly Process[] => [
  ...processes.filter(({ beforeCommands }) => beforeCommands),
  pendingCommands,
  ...processes.filter(({ beforeCommands }) => !beforeCommands),
]
const ordered = new WeakMap<DeviceProfile, readonly Process[]>()
function processesOf({ profile }: Device): readonly Process[] {
  let processes = ordered.get(profile)
  if (!processes) ordered.set(profile, (processes = inOrder(profile)))
  return processes
}

/** When the device has something to do next. */
export function soonest(device: Device): UtcSeconds | undefined {
  let due: UtcSeconds | undefined
  for (const process of processesOf(device)) {
    const time = process.nextDue(device)
    if (time !== undefined && (due === undefined || time < due)) due = time
  }
  return due
}

/** A process that asks for the same moment again and again would never end. */
const MAX_RUNS_AT_ONE_TIME = 1000

/** Runs all that is due by now, earliest first, each at its own time. Whether there was anything. */
export function runDue(device: Device): boolean {
  const processes = processesOf(device)
  const now = device.clock.now()
  let last = -1
  let runs = 0
  for (let any = false; ; any = true) {
    let next: Process | undefined
    let due = Infinity
    for (const process of processes) {
      const time = process.nextDue(device)
      if (time !== undefined && time < due) [next, due] = [process, time]
    }
    if (!next || due > now) return any
    runs = due === last ? runs + 1 : 0
    if (runs > MAX_RUNS_AT_ONE_TIME) throw new Error(`a process of ${device.kind} never gets past ${due}`)
    last = due
    const process = next
    device.clock.at(due, () => process.run(device, due))
  }
}
