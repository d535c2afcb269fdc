import { useCaseByCode } from '@smets2-sim/gbcs'
import type { PrimeContext } from './context.js'
import { primeAsn1 } from './prime-asn1.js'
import { primeCosem } from './prime-cosem.js'
import { primeGbz } from './prime-gbz.js'

const rules = { cosem: primeCosem, gbz: primeGbz, asn1: primeAsn1 } as const

/**
 * Puts a device into the state in which the one of the reference must have been: what its response shows. Only the
 * public state of the device is set (attributes, logs, counters, credentials, faults); the response itself is not
 * handed to it.
 */
export function prime(context: PrimeContext): void {
  const { device, response } = context
  const supplementary = response.message.otherInformation.supplementaryOriginatorCounter
  if (supplementary !== undefined) device.counters.own = supplementary - 1n
  const useCase = useCaseByCode(context.command.message.otherInformation.messageCode)
  if (useCase) rules[useCase.payload](context)
}
