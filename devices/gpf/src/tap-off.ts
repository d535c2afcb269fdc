import { GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, item, type Learn, type Process, raise, type ZclContext } from '@smets2-sim/firmware'
import { decodeGbz, decodeMessage, type GbzComponent, type GbzUseCase, useCaseByCode } from '@smets2-sim/gbcs'
import { clusters, decodeCommand, decodeFields, foundation, zclStatus } from '@smets2-sim/zcl'
import { tapped } from './tapped.js'

/** A command for the meter that the proxy will apply to its copy at the time at which the meter executes it. */
interface Waiting {
  readonly at: UtcSeconds
  /** A later command of the same kind takes the place of an earlier one. */
  readonly slot: string
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>>
}
const waiting: Item<readonly Waiting[]> = item('tapOff.waiting', [])

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
        if (succeeded(component, answers)) apply(device, useCase as GbzUseCase, component)
    })
    logged(device, 'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned', messageCode)
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    raise(device, 'tapOffMessageResponseOrAlertFailure')
    return 'failed'
  }
  device.save()
  return 'applied'
}

const logged = (device: Device, name: Parameters<typeof raise>[1], messageCode: number): void =>
  raise(device, name, { event: Uint8Array.of(messageCode >> 8, messageCode & 0xff) })

/** Whether the meter answered a component with success: by a status, or by a command of its own. */
function succeeded({ frame: { sequence } }: GbzComponent, answers: readonly GbzComponent[]): boolean {
  const answer = answers.find(({ frame }) => frame.sequence === sequence)
  if (!answer) return false
  const { name, fields } = decodeCommand(clusters.get(answer.clusterId), answer.frame)
  if (name !== 'defaultResponse') return name !== undefined
  return (fields as { status: number }).status === zclStatus.success
}

function apply(device: Device, useCase: GbzUseCase, component: GbzComponent): void {
  const row = useCase.itemOf(component)
  if (!row || row.definition === foundation.readAttributes) return
  const key = tapped.keyOf(row)
  const command = tapped.commands.get(key)
  if (!command) return
  const fields = decodeFields(row.definition, component.frame.payload) as Readonly<Record<string, unknown>>
  const time = command.startTime?.(fields, component.fromDateTime) ?? 0
  const slot = `${key} ${command.slot?.(fields) ?? ''}`
  if (command.startTime) device.items.update(waiting, (all) => all.filter((one) => one.slot !== slot))
  if (time >= NEVER) return
  if (time > device.now) device.items.update(waiting, (all) => [...all, { at: time, slot, key, fields }])
  else take(device, key, fields)
}

const take = (device: Device, key: string, fields: Readonly<Record<string, unknown>>): void => {
  const context: ZclContext = { device, now: device.now }
  const learn: Learn | undefined = tapped.commands.get(key)?.take
  learn?.(context, fields)
}

/** Commands that wait for their time. */
export const tapOffDue: Process = {
  nextDue({ items }) {
    const times = items.read(waiting).map(({ at }) => at)
    return times.length > 0 ? Math.min(...times) : undefined
  },
  run(device, time) {
    const due = device.items.read(waiting).filter(({ at }) => at <= time)
    device.items.update(waiting, (all) => all.filter(({ at }) => at > time))
    for (const { key, fields } of due) take(device, key, fields)
  },
}
