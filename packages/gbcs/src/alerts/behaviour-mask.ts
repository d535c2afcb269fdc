/**
 * The settings of ECS25: 256 bits for each channel (WAN alert, HAN sharing, audible alarm, logging), and commands of
 * 512 bits, a mask and the actions under it. facts 4.3.
 *
 * A bit stands for a code by the low octet of the code, counted from the last bit: the supplier's settings are about
 * codes 81xx, the network operator's about 80xx. This is read from the reference messages: in ECS25r1 and all of
 * ECS25a to ECS25b3, each bit that is set falls so on a code of the table, and the bits of HAN sharing on exactly
 * the codes that are shared. Critical alerts have no bit: they cannot be configured.
 */
import { GbcsError } from '@smets2-sim/bytes'
import type { AlertCode } from './alert.js'
import { alertCodes, alertOf } from './alert-codes.js'

export type BehaviourOwner = 'supplier' | 'networkOperator'
export type BehaviourChannel = 'wan' | 'han' | 'audible' | 'logging'

const highOctet = { supplier: 0x81, networkOperator: 0x80 } as const
/** Bits of one channel. */
export const BEHAVIOUR_BITS = 256

/** Whose settings a code is in, and its place in the bit string, 0 for the first bit; undefined for a critical code. */
export function alertBehaviourBit(
  code: number,
): { readonly owner: BehaviourOwner; readonly position: number } | undefined {
  const high = code >> 8
  const owner =
    high === highOctet.supplier ? 'supplier' : high === highOctet.networkOperator ? 'networkOperator' : undefined
  return owner && { owner, position: BEHAVIOUR_BITS - 1 - (code & 0xff) }
}

function checked(bits: string, count: number): string {
  if (bits.length !== count || !/^[01]*$/.test(bits))
    throw new GbcsError('invalidValue', `behaviour of ${bits.length} characters, expected ${count} times 0 or 1`)
  return bits
}

/** Settings (256 characters 0 or 1, first bit first) in which exactly these codes of the owner are on. */
export function behaviourSettings(owner: BehaviourOwner, codes: Iterable<number>): string {
  const bits = Array.from({ length: BEHAVIOUR_BITS }, () => '0')
  for (const code of codes) {
    const bit = alertBehaviourBit(code)
    if (bit?.owner !== owner)
      throw new GbcsError('misuse', `the ${owner} cannot configure alert ${code.toString(16).toUpperCase()}`)
    bits[bit.position] = '1'
  }
  return bits.join('')
}

/** Codes that are on, in ascending order; known or not. */
export const behaviourCodes = (owner: BehaviourOwner, settings: string): number[] =>
  [...checked(settings, BEHAVIOUR_BITS)]
    .flatMap((bit, position) => (bit === '1' ? [(highOctet[owner] << 8) | (BEHAVIOUR_BITS - 1 - position)] : []))
    .reverse()

/** Whether a code is on in the settings of its owner; undefined for a code that cannot be configured. */
export function isBehaviourOn(settings: string, code: number): boolean | undefined {
  const bit = alertBehaviourBit(code)
  return bit && checked(settings, BEHAVIOUR_BITS)[bit.position] === '1'
}

/**
 * Settings after a command: where the mask has 1 the bit of the actions, elsewhere what was there.
 * @param behaviour 512 characters: the mask, then the actions
 */
export function applyBehaviour(settings: string, behaviour: string): string {
  checked(behaviour, 2 * BEHAVIOUR_BITS)
  return [...checked(settings, BEHAVIOUR_BITS)]
    .map((bit, i) => (behaviour[i] === '1' ? (behaviour[BEHAVIOUR_BITS + i] as string) : bit))
    .join('')
}

/** Codes of a ZCL event configuration id: xxFF stands for every known code xxnn, any other id for itself. facts 4.3. */
export const eventGroup = (eventId: number): number[] =>
  (eventId & 0xff) === 0xff
    ? alertCodes.map(({ code }) => code).filter((code) => code >> 8 === eventId >> 8)
    : alertOf(eventId)
      ? [eventId]
      : []

const initially: Readonly<Record<BehaviourChannel, (row: AlertCode) => boolean>> = {
  wan: ({ wan }) => wan > 0,
  han: ({ han }) => han,
  audible: () => false,
  logging: ({ logs }) => Object.values(logs).some((on) => on),
}
/** Settings of a new electricity meter: what the table says of each code; no audible alarms (our decision). */
export const initialBehaviour = (owner: BehaviourOwner, channel: BehaviourChannel): string =>
  behaviourSettings(
    owner,
    alertCodes
      .filter((row) => row.devices.includes('esme') && initially[channel](row))
      .map(({ code }) => code)
      .filter((code) => alertBehaviourBit(code)?.owner === owner),
  )
