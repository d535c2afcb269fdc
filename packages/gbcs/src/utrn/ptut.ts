import { GbcsError } from '@smets2-sim/bytes'
import { checkDigit, checkDigitIsRight } from './check-digit.js'

/** Unit of the value: 0 pence or cents, 1 pounds or euro. */
export type UtrnValueClass = 'pence' | 'pounds'
const valueClasses = ['pence', 'pounds'] as const

/** A prepayment top-up token: what the 64 bits inside a UTRN say. facts 9.1. */
export interface Ptut {
  /** Bits 41 to 32 of the originator counter, 0 to 1023. */
  readonly truncatedCounter: number
  readonly valueClass: UtrnValueClass
  /** In units of the value class, 0 to 8191. */
  readonly value: number
  /** Last 32 bits of the GMAC tag, unsigned. */
  readonly mac: number
}

/** Largest value of either class. */
export const MAX_PTUT_VALUE = 8191
/** What is added to the token so that it has 19 digits and starts with 73 or more. facts 9.2. */
const PPTD_OFFSET = 7_394_156_990_786_306_048n

const field = (value: number, max: number, name: string): bigint => {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new GbcsError('invalidValue', `${name} is ${value}, expected 0 to ${max}`)
  return BigInt(value)
}

/** The upper 32 bits, which the MAC covers: 0000000 counter(10) class(2) value(13). */
export const ptutHead = ({ truncatedCounter, valueClass, value }: Omit<Ptut, 'mac'>): number =>
  Number(
    (field(truncatedCounter, 1023, 'truncated counter') << 15n) |
      (BigInt(valueClasses.indexOf(valueClass)) << 13n) |
      field(value, MAX_PTUT_VALUE, 'value'),
  )

/** The 64 bits of the token. */
export const encodePtut = (ptut: Ptut): bigint => (BigInt(ptutHead(ptut)) << 32n) | field(ptut.mac, 0xffffffff, 'MAC')

/** @throws GbcsError `unsupported` for a value class that is not defined, `invalidValue` when a leading bit is set */
export function decodePtut(bits: bigint): Ptut {
  if (bits < 0n || bits >> 57n !== 0n) throw new GbcsError('invalidValue', 'the first 7 bits of the token are not 0')
  const head = Number(bits >> 32n)
  const valueClass = valueClasses[(head >> 13) & 3]
  if (valueClass === undefined)
    throw new GbcsError('unsupported', `value class ${(head >> 13) & 3}, expected 0 (pence) or 1 (pounds)`)
  return {
    truncatedCounter: head >> 15,
    valueClass,
    value: head & MAX_PTUT_VALUE,
    mac: Number(bits & 0xffffffffn),
  }
}

/** The 20 digits that a consumer types: the token in decimal and its check digit. */
export function encodeUtrn(ptut: Ptut): string {
  const digits = String(encodePtut(ptut) + PPTD_OFFSET)
  return digits + checkDigit(digits)
}

/**
 * The token of 20 digits. Neither the MAC nor the counter is verified here.
 * @throws GbcsError `invalidLength` or `invalidValue` when the text is not 20 digits with their check digit
 */
export function decodeUtrn(text: string): Ptut {
  if (text.length !== 20) throw new GbcsError('invalidLength', `a UTRN has 20 digits, found ${text.length} characters`)
  if (!/^[0-9]{20}$/.test(text)) throw new GbcsError('invalidValue', 'a UTRN has only digits')
  if (!checkDigitIsRight(text)) throw new GbcsError('invalidValue', 'the check digit of the UTRN is wrong')
  return decodePtut(BigInt(text.slice(0, 19)) - PPTD_OFFSET)
}
