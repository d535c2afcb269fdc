import { GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, item, type Learn, type Process, raise, type ZclContext } from '@smets2-sim/firmware'
import {
  decodeGbz,
  decodeMessage,
  type GbzComponent,
  type GbzExecution,
  type GbzUseCase,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { clusters, decodeCommand, decodeFields, foundation, zclStatus } from '@smets2-sim/zcl'
import { tapped } from './tapped.js'

/** By what an alert of the meter names a command of which it tells. facts 3.5. */
type Order = Pick<GbzExecution, 'messageCode' | 'originatorCounter' | 'clusterId' | 'commandId'>

/** A command for the meter that the proxy will apply to its copy at the time at which the meter executes it. */
interface Waiting extends Order {
  readonly at: UtcSeconds
  /** A later command of the same kind takes the place of an earlier one. */
  readonly slot: string
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>>
  /** Its time has come; the meter has yet to say what became of it there. */
  readonly isTaken?: true
}
const waiting: Item<readonly Waiting[]> = item('tapOff.waiting', [])

/** How long the word of a dated command is remembered after its time. Our decision. */
const REMEMBERED_S = 86_400

/** From here on a time means never: the command is cancelled. */
const NEVER = 0xfffffffe

/** What became of a command that passed by: one that does not concern the copy is ignored. */
export type TapOffOutcome = 'applied' | 'ignored' | 'failed'

/**
 * Applies a command that the meter has executed to the proxy's copy: every component that was answered with success,
 * now or when its time comes. When command and response do not belong together the copy stays as it is, and 819E is
 * logged; the hub tells its parties. facts 10.4.
 */
export function tapOff(device: Device, command: Uint8Array, response: Uint8Array): TapOffOutcome {
  try {
    const [asked, answered] = [decodeMessage(command), decodeMessage(response)]
    const { messageCode } = asked.otherInformation
    const useCase = useCaseByCode(messageCode)
    if (!useCase || !tapped.useCases.has(useCase.name)) return 'ignored'
    if (answered.otherInformation.messageCode !== messageCode || answered.originatorCounter !== asked.originatorCounter)
      throw new GbcsError('invalidValue', 'the response is not one to this command')
    const commands = decodeGbz(asked.content)
    const answers = decodeGbz(answered.content)
    if (answers.length < commands.length) throw new GbcsError('invalidValue', 'a component has no answer')
    device.transaction(() => {
      for (const component of commands)
        if (succeeded(component, answers)) apply(device, useCase as GbzUseCase, component, asked.originatorCounter)
    })
    logTapped(device, messageCode)
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    raise(device, 'tapOffMessageResponseOrAlertFailure')
    return 'failed'
  }
  device.save()
  return 'applied'
}

/** Logs that a message has been tapped: 8154 with its code. */
export const logTapped = (device: Device, messageCode: number): void =>
  raise(device, 'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned', {
    event: Uint8Array.of(messageCode >> 8, messageCode & 0xff),
  })

/** Whether the meter answered a component with success: by a status, or by a command of its own. */
function succeeded({ frame: { sequence } }: GbzComponent, answers: readonly GbzComponent[]): boolean {
  const answer = answers.find(({ frame }) => frame.sequence === sequence)
  if (!answer) return false
  const { name, fields } = decodeCommand(clusters.get(answer.clusterId), answer.frame)
  if (name !== 'defaultResponse') return name !== undefined
  return (fields as { status: number }).status === zclStatus.success
}

function apply(device: Device, useCase: GbzUseCase, component: GbzComponent, originatorCounter: bigint): void {
  const row = useCase.itemOf(component)
  if (!row || row.definition === foundation.readAttributes) return
  const key = tapped.keyOf(row)
  const command = tapped.commands.get(key)
  if (!command) return
  const fields = decodeFields(row.definition, component.frame.payload) as Readonly<Record<string, unknown>>
  const time = command.startTime?.(fields, component.fromDateTime) ?? 0
  const slot = `${key} ${command.slot?.(fields) ?? ''}`
  if (command.startTime) device.items.update(waiting, (all) => all.filter((one) => one.isTaken || one.slot !== slot))
  if (time >= NEVER) return
  if (time <= device.now) return take(device, key, fields)
  const { clusterId, frame } = component
  const order: Order = { messageCode: useCase.code, originatorCounter, clusterId, commandId: frame.commandId }
  device.items.update(waiting, (all) => [...all, { ...order, at: time, slot, key, fields }])
}

const take = (device: Device, key: string, fields: Readonly<Record<string, unknown>>): void => {
  const context: ZclContext = { device, now: device.now }
  const learn: Learn | undefined = tapped.commands.get(key)?.take
  learn?.(context, fields)
}

/** Commands that wait for their time. */
export const tapOffDue: Process = {
  nextDue({ items }) {
    const times = items.read(waiting).map(({ at, isTaken }) => (isTaken ? at + REMEMBERED_S : at))
    return times.length > 0 ? Math.min(...times) : undefined
  },
  run(device, time) {
    const due = device.items.read(waiting).filter(({ at, isTaken }) => !isTaken && at <= time)
    device.items.update(waiting, (all) =>
      all
        .filter(({ at }) => at + REMEMBERED_S > time)
        .map((one) => (one.at <= time ? { ...one, isTaken: true as const } : one)),
    )
    for (const { key, fields } of due) take(device, key, fields)
  },
}

/**
 * The meter says what became of a dated command: if it has executed what the copy still waits for, so does the copy; if
 * it could not, the copy does not either, or has failed to stay a copy when it already has. facts 10.4, 10.11.
 */
export function commandExecuted(device: Device, order: Order, succeeded: boolean): TapOffOutcome {
  const all = device.items.read(waiting)
  const found = all.find((one) => isOf(one, order))
  if (!found) return 'ignored'
  device.items.write(
    waiting,
    all.filter((one) => one !== found),
  )
  if (succeeded) {
    if (!found.isTaken) take(device, found.key, found.fields)
    return 'applied'
  }
  return found.isTaken ? 'failed' : 'ignored'
}

const isOf = (one: Order, { messageCode, originatorCounter, clusterId, commandId }: Order): boolean =>
  one.messageCode === messageCode &&
  one.originatorCounter === originatorCounter &&
  one.clusterId === clusterId &&
  one.commandId === commandId
