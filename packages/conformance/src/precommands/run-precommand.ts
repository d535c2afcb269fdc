import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import {
  type Asn1UseCase,
  type CommandRequest,
  type CosemUseCase,
  type GbzUseCase,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { preCommandOf } from '@smets2-sim/parties'
import type { DecodedReference } from '../reference-set/decoded-set.js'

/** The typed request that a precommand was made of: its items by name, with typed values. */
export function requestOf({ message }: DecodedReference): CommandRequest {
  const { content, target, otherInformation } = message
  const useCase = useCaseByCode(otherInformation.messageCode)
  if (!useCase) throw new GbcsError('unsupported', `no use case of message code ${otherInformation.messageCode}`)
  switch (useCase.payload) {
    case 'cosem':
      return (useCase as CosemUseCase).commandOf(target, (useCase as CosemUseCase).parse(content))
    case 'gbz':
      return (useCase as GbzUseCase).command({ to: target, parts: (useCase as GbzUseCase).parse(content) })
    case 'asn1':
      return (useCase as Asn1UseCase).command({ to: target, ...(useCase as Asn1UseCase).parse(content) })
  }
}

/** Builds a precommand again from its typed request, as a party would; undefined when it is the same in every byte. */
export function runPrecommand(reference: DecodedReference): string | undefined {
  const { message, bytes } = reference
  const { originator, originatorCounter, otherInformation, preCommand } = message
  const { messageCode: _, ...supplementary } = otherInformation
  const built = preCommandOf(requestOf(reference), { originator, originatorCounter, supplementary }, preCommand)
  if (equalBytes(built, bytes)) return undefined
  let at = 0
  while (built[at] === bytes[at]) at++
  return `differs from octet ${at}`
}
