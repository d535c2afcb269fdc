import { GbcsError } from '@smets2-sim/bytes'
import {
  decodeGbz,
  encodeGbz,
  encodeGbzExecution,
  type GbzComponent,
  type GbzItem,
  type GbzUseCase,
  readComponent,
  writeComponent,
} from '@smets2-sim/gbcs'
import { Reader, Writer } from '@smets2-sim/bytes'
import {
  type AttributeResult,
  type Cluster,
  clusters,
  decodeFields,
  encodeFields,
  foundation,
  frameControl,
  zclStatus,
} from '@smets2-sim/zcl'
import { gbzOctets, raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import type { Execution, PayloadResult } from '../execution.js'
import { responseIsSigned } from '../gate/protection.js'
import { pendingFrom, type PendingCommand } from '../schedule/future-dated.js'
import { readZclAttribute } from './attributes.js'
import { zclFaultKey } from './fault-key.js'
import { clusterKey, type CommandRow, type ZclAnswer, type ZclContext, ZclError, type ZclProfile } from './profile.js'

const zclProfileOf = ({ profile, kind }: Device): ZclProfile => {
  if (!profile.zcl) throw new TypeError(`a ${kind} does not speak ZCL`)
  return profile.zcl
}

/** What a component is answered with, before it is put into a component of the response. */
interface Answer {
  readonly command: string
  readonly id: number
  readonly cluster: boolean
  readonly payload: Uint8Array
}

/** Executes a GBZ payload component by component; after one that failed the rest is not attempted. */
export function executeGbz(execution: Execution): PayloadResult {
  const { device, message } = execution
  const profile = zclProfileOf(device)
  const useCase = execution.useCase as GbzUseCase
  const components = decodeGbz(message.content)
  const stranger = components.find((component) => !useCase.opens(component))
  if (stranger)
    return {
      kind: 'refused',
      reason: 'itemNotInUseCase',
      detail: `cluster ${stranger.clusterId.toString(16)} command ${stranger.frame.commandId} is no item of ${useCase.name}`,
    }
  const responses: Omit<GbzComponent, 'last'>[] = []
  let sealed = 0
  let ok = true
  let failed = false
  for (const component of components) {
    const item = useCase.itemOf(component) as GbzItem
    const outcome: ComponentOutcome = failed ? skipped : executeComponent(profile, execution, item, component)
    failed ||= outcome.failed
    ok &&= outcome.ok
    for (const answer of outcome.answers)
      responses.push(answerComponent(execution, item, component, answer, () => sealed++))
  }
  return {
    kind: 'done',
    ok,
    content: encodeGbz(responses.map((component, i) => ({ ...component, last: i === responses.length - 1 }))),
    // only a read says how far its time is to be trusted. facts 1.3
    ...(components.some((component) => useCase.itemOf(component)?.attributes) &&
    !responseIsSigned(useCase, execution.protection)
      ? {
          clockStatus: profile.clockStatus?.(device) ?? device.clock.statusOctet,
          time: profile.time?.(device) ?? device.now,
        }
      : {}),
  }
}

interface ComponentOutcome {
  readonly answers: readonly Answer[]
  readonly ok: boolean
  /** Whether it ends the command. */
  readonly failed: boolean
}

const defaultResponse = (commandId: number, status: number): Answer => ({
  command: 'defaultResponse',
  id: foundation.defaultResponse.id,
  cluster: false,
  payload: encodeFields(foundation.defaultResponse, { commandId, status }),
})
/** A component after one that failed: a default response for no command in particular. facts: every ERROR sample. */
const skipped: ComponentOutcome = { answers: [defaultResponse(0xff, zclStatus.failure)], ok: false, failed: true }

function executeComponent(
  profile: ZclProfile,
  execution: Execution,
  item: GbzItem,
  component: GbzComponent,
): ComponentOutcome {
  const { device } = execution
  const { frame } = component
  try {
    if (item.attributes) return readAttributes(profile, execution, item.cluster, component)
    const fault = device.faults.take(zclFaultKey(component.clusterId, 'command', frame.commandId))
    if (fault !== undefined) throw new ZclError(fault, 'injected fault')
    return answerOutcome(
      item,
      frame.commandId,
      device.transaction(() => executeCommand(profile, execution, item, component)),
    )
  } catch (error) {
    const status = statusOf(error)
    const failed = profile.commands.get(commandKey(item))?.failed?.(status)
    return failed ? answerOutcome(item, frame.commandId, failed) : statusOutcome(frame.commandId, status)
  }
}

/** Status of what a handler threw; what is no answer to a command is thrown on. */
function statusOf(error: unknown): number {
  if (error instanceof ZclError) return error.status
  if (error instanceof GbcsError)
    return error.code === 'invalidValue' ? zclStatus.invalidValue : zclStatus.malformedCommand
  throw error
}

function answerOutcome(item: GbzItem, commandId: number, answer: ZclAnswer): ComponentOutcome {
  if (!answer) return statusOutcome(commandId, zclStatus.success)
  if ('status' in answer) return statusOutcome(commandId, answer.status)
  const refused = 'refused' in answer
  return {
    answers: (refused ? answer.refused : answer).map((row) => commandAnswer(item, row)),
    ok: !refused,
    failed: refused,
  }
}

const commandKey = ({ cluster, command }: GbzItem): string => `${clusterKey(cluster)}.${command}`

/** Nothing found is an answer, not a failure that ends the command. facts 6.4; the NOT_FOUND samples. */
const statusOutcome = (commandId: number, status: number): ComponentOutcome => ({
  answers: [defaultResponse(commandId, status)],
  ok: status === zclStatus.success || status === zclStatus.notFound,
  failed: status !== zclStatus.success && status !== zclStatus.notFound,
})

function readAttributes(
  profile: ZclProfile,
  execution: Execution,
  cluster: Cluster,
  { frame, clusterId }: GbzComponent,
): ComponentOutcome {
  const { device } = execution
  const { attributes } = decodeFields(foundation.readAttributes, frame.payload)
  const results = attributes.map((id): AttributeResult => {
    try {
      const fault = device.faults.take(zclFaultKey(clusterId, 'attribute', id))
      if (fault !== undefined) throw new ZclError(fault, 'injected fault')
      const data = readZclAttribute(profile, { device, execution, now: execution.now }, cluster, id)
      return { id, status: zclStatus.success, data }
    } catch (error) {
      if (error instanceof ZclError) return { id, status: error.status }
      throw error
    }
  })
  const payload = encodeFields(foundation.readAttributesResponse, { results })
  const answer = {
    command: 'readAttributesResponse',
    id: foundation.readAttributesResponse.id,
    cluster: false,
    payload,
  }
  // a read that failed in part ends the command. facts: GCS21e, GCS60 ERROR samples
  const ok = results.every(({ status }) => status === zclStatus.success)
  return { answers: [answer], ok, failed: !ok }
}

const NEVER = 0xfffffffe

function executeCommand(profile: ZclProfile, execution: Execution, item: GbzItem, component: GbzComponent): ZclAnswer {
  const { device } = execution
  const row = profile.commands.get(commandKey(item))
  if (!row) throw new ZclError(zclStatus.unsupportedClusterCommand)
  const fields = decodeFields(item.definition, component.frame.payload) as Readonly<Record<string, unknown>>
  const context: ZclContext = {
    device,
    execution,
    now: execution.now,
    afterwards: (action) => execution.afterwards(action),
    ...(component.fromDateTime !== undefined && { fromDateTime: component.fromDateTime }),
  }
  const time = row.startTime?.(fields, component.fromDateTime)
  if (time === undefined) return row.handle(context, fields)
  if (!execution.useCase.futureDatable) {
    if (time > device.now) throw new ZclError(zclStatus.invalidField)
    return row.handle(context, fields)
  }
  const slot = `${commandKey(item)} ${row.slot?.(fields) ?? ''}`
  device.futureDated.cancel(slot)
  if (time < NEVER) {
    if (time <= device.now) return row.handle(context, fields)
    device.futureDated.add({ at: time, kind: 'gbz', slot, octets: octetsOf(component), ...pendingFrom(execution) })
  }
  return row.answer?.(context, fields)
}

const octetsOf = (component: GbzComponent): Uint8Array => {
  const writer = new Writer(64)
  writeComponent(writer, component)
  return writer.done()
}

/** Executes a component whose time has come, and says so to the party that ordered it. facts 3.5. */
export function activatePendingComponent(device: Device, command: PendingCommand): void {
  const component = readComponent(new Reader(command.octets ?? new Uint8Array(0)))
  const useCase = device.profile.useCases.get(command.messageCode) as GbzUseCase | undefined
  const item = useCase?.itemOf(component)
  const row = item && zclProfileOf(device).commands.get(commandKey(item))
  if (!item || !row) return
  const later: (() => void)[] = []
  raise(device, succeeds(device, item, row, component, (action) => void later.push(action)) ? executed : failed, {
    time: command.at,
    about: { id: command.originator, role: command.role },
    gbz: encodeGbzExecution({
      messageCode: command.messageCode,
      originatorCounter: command.originatorCounter,
      clusterId: component.clusterId,
      frameControl: item.alertedFrameControl ?? component.frame.frameControl,
      commandId: component.frame.commandId,
    }),
  })
  for (const action of later) action()
}
const executed = 'futureDateHanInterfaceCommandSuccessfullyActioned'
const failed = 'futureDateHanInterfaceCommandNotSuccessfullyActioned'

function succeeds(
  device: Device,
  item: GbzItem,
  row: CommandRow,
  component: GbzComponent,
  afterwards: (action: () => void) => void,
): boolean {
  if (
    device.faults.take(`activation ${zclFaultKey(component.clusterId, 'command', component.frame.commandId)}`) !==
    undefined
  )
    return false
  try {
    const fields = decodeFields(item.definition, component.frame.payload) as Readonly<Record<string, unknown>>
    const answer = device.transaction(() => row.handle({ device, now: device.now, afterwards }, fields))
    return !answer || !('refused' in answer || ('status' in answer && answer.status !== zclStatus.success))
  } catch (error) {
    if (error instanceof ZclError || error instanceof GbcsError) return false
    throw error
  }
}

function commandAnswer(
  item: GbzItem,
  { command, fields }: { command: string; fields: Readonly<Record<string, unknown>> },
): Answer {
  const cluster = clusters.get(item.cluster.id) ?? item.cluster
  const definition = (item.fromServer ? cluster.toServer : cluster.toClient)[command]
  if (!definition) throw new TypeError(`${cluster.name} has no command ${command}`)
  return { command, id: definition.id, cluster: true, payload: encodeFields(definition, fields) }
}

/** Puts an answer into a component: back to the sender's side of the cluster, encrypted where the use case says so. */
function answerComponent(
  execution: Execution,
  item: GbzItem,
  { clusterId, frame }: GbzComponent,
  answer: Answer,
  nextSealed: () => number,
): Omit<GbzComponent, 'last'> {
  const special = answer.command !== 'defaultResponse'
  const header = {
    frameControl:
      (special ? undefined : item.response?.defaultFrameControl) ??
      frameControl({
        cluster: answer.cluster,
        fromServer: !item.fromServer,
        disableDefaultResponse: special && item.response?.disableDefaultResponse === true,
      }),
    sequence: frame.sequence,
    commandId: answer.id,
  }
  if (!special || !item.response?.encrypted) return { clusterId, frame: { ...header, payload: answer.payload } }
  return {
    clusterId,
    frame: { ...header, payload: new Uint8Array(0) },
    sealed: execution.seal(answer.payload).octets,
    additionalFrameCounter: nextSealed(),
  }
}
export { gbzOctets }
