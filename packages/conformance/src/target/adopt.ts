import { GbcsError } from '@smets2-sim/bytes'
import {
  type CosemUseCase,
  decodeMessage,
  randomisedOffset,
  randomisedOffsetNumber,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { prime } from '../prime/prime.js'
import type { Inspection } from './inspect.js'
import type { Twin } from './twin.js'

/**
 * Lets the twin take over the state that a response of the device shows: what it read, and what its logs hold. Then its
 * own answer tells form, order, selection and encoding of the right response for that state.
 */
export function adopt({ device }: Twin, command: Uint8Array, { message, sealed }: Inspection): void {
  const useCase = message && useCaseByCode(message.otherInformation.messageCode)?.name
  if (!message || useCase === undefined) return
  const plaintexts = sealed.map(({ plaintext }) => plaintext)
  try {
    prime({
      set: { certificates: [] },
      device,
      command: { useCase, message: decodeMessage(command) },
      response: { useCase, message },
      alerts: [],
      open: () => plaintexts.shift(),
      injectFaults: false,
    })
  } catch (error) {
    // a response that shows no state is wrong, and is compared with the state that was
    if (!(error instanceof GbcsError)) throw error
  }
}

/** What each device draws for itself: no twin can know it. */
const drawnByChance = new Set([randomisedOffset.value.key, randomisedOffsetNumber.value.key])

/** Whether a command reads something that the device has drawn for itself: the twin takes it over then. */
export function asksForChance(command: Uint8Array): boolean {
  const useCase = useCaseByCode(decodeMessage(command).otherInformation.messageCode)
  if (useCase?.payload !== 'cosem') return false
  return Object.values((useCase as CosemUseCase).items).some(
    (item) => item.kind === 'get' && drawnByChance.has(item.member.key),
  )
}
