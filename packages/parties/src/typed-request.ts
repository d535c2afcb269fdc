import { GbcsError } from '@smets2-sim/bytes'
import { type CommandRequest, type DecodedMessage, useCaseByCode } from '@smets2-sim/gbcs'

/**
 * The typed request that a command or precommand was made of: its items by name, with typed values.
 * @throws GbcsError for a message code that is no use case, or a payload that is none of its
 */
export function typedRequestOf({ content, target, otherInformation }: DecodedMessage): CommandRequest {
  const useCase = useCaseByCode(otherInformation.messageCode)
  if (!useCase) throw new GbcsError('unsupported', `no use case of message code ${otherInformation.messageCode}`)
  switch (useCase.payload) {
    case 'cosem':
      return useCase.commandOf(target, useCase.parse(content))
    case 'gbz':
      return useCase.command({ to: target, parts: useCase.parse(content) })
    case 'asn1':
      return useCase.command({ to: target, ...useCase.parse(content) })
  }
}
