import { type Asn1UseCase, encodeAsn1 } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import type { Execution, PayloadResult } from '../execution.js'
import type { PendingCommand } from '../schedule/future-dated.js'

/** What an executor of an ASN.1 use case answers. */
export interface Asn1Answer {
  readonly value: unknown
  readonly ok: boolean
}
/** How a device executes a use case whose payload is an ASN.1 structure. */
export interface Asn1Executor {
  execute(execution: Execution, value: any): Asn1Answer
  /** Executes one whose time has come, and raises its alert. */
  activate?(device: Device, command: PendingCommand): void
}
/** By message code. */
export type Asn1Executors = ReadonlyMap<number, Asn1Executor>

export function executeAsn1(execution: Execution): PayloadResult {
  const { device, message } = execution
  const useCase = execution.useCase as Asn1UseCase
  const executor = device.profile.asn1.get(useCase.code)
  if (!executor) throw new TypeError(`a ${device.kind} has no executor of ${useCase.name}`)
  const { value } = useCase.parse(message.content)
  // a payload that was refused left nothing behind
  const answer = device.transaction(() => executor.execute(execution, value))
  return { kind: 'done', ok: answer.ok, content: encodeAsn1(useCase.responseType, answer.value) }
}

/** Executes a command whose time has come. */
export function activatePendingAsn1(device: Device, command: PendingCommand): void {
  device.profile.asn1.get(command.messageCode)?.activate?.(device, command)
}

/** Key under which a fault of an ASN.1 use case is injected: its result is the code in the response. */
export const asn1FaultKey = (useCase: string): string => `asn1 ${useCase}`
