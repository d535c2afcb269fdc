import type { MessageBody } from '../envelope/index.js'
import type { Payload } from '../payload/payload.js'
import { useCaseByCode } from '../use-cases/index.js'
import { alertUseCase } from './describe-alert.js'

type Head = Pick<MessageBody, 'kind' | 'otherInformation'>

/**
 * Name of the use case of a message, or undefined for a message code that is none. The alert of an execution belongs
 * to the use case of the command that was executed.
 */
export function useCaseOf({ kind, otherInformation: { messageCode } }: Head, payload: Payload): string | undefined {
  if (kind !== 'alert') return useCaseByCode(messageCode)?.name
  const executed = executedCode(payload)
  return (executed === undefined ? undefined : useCaseByCode(executed)?.name) ?? alertUseCase(messageCode)
}

interface Named {
  readonly execution?: { readonly messageCode: number }
  readonly executionOutcome?: { readonly credentialsReplacementMode?: number }
}

/** Message code of the command whose execution an alert reports. */
function executedCode(payload: Payload): number | undefined {
  if (payload.format === 'gbzAlert')
    return payload.content.type === 'execution' ? payload.content.execution.messageCode : undefined
  if (payload.format === 'notification')
    return payload.content.type === 'value' ? (payload.content.value as Named).execution?.messageCode : undefined
  const mode =
    payload.format === 'asn1' ? (payload.value as Named).executionOutcome?.credentialsReplacementMode : undefined
  return mode === undefined ? undefined : updateCode(mode)
}

/** Message code of Update Security Credentials by replacement mode: 10 and 11 are those of load controllers. facts 7.4, 7.5. */
const updateCode = (mode: number): number => (mode < 10 ? 0x0100 + mode : 0x011b + mode)
