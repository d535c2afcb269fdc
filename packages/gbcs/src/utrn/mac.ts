import { concat, type Eui64, eui64Bytes, Reader, Writer } from '@smets2-sim/bytes'
import { type CryptoProvider, deriveKey, gmac } from '@smets2-sim/crypto'
import { originatorCounterOf, truncateUtrnCounter } from './counter.js'
import { encodeUtrn, type Ptut, ptutHead } from './ptut.js'

/** From whom and for whom a token is, and its full counter, of which the token carries only 10 bits. */
export interface PtutContext {
  readonly supplier: Eui64
  readonly device: Eui64
  /** The 32-bit UTRN counter. */
  readonly utrnCounter: number
}
type Value = Pick<Ptut, 'value' | 'valueClass'>

/** Tokens are made for commands: the CRA flag of a command. */
const COMMAND = 0x01
/** Security control byte and the five empty fields of a MAC header. */
const MAC_PREFIX = Uint8Array.of(0x11, 0, 0, 0, 0, 0)

const transaction = (utrnCounter: number): Uint8Array =>
  new Writer(9).u8(COMMAND).u64(originatorCounterOf(utrnCounter)).done()

/** The octets that the MAC of a token covers. facts 9.4. */
export const ptutMacInput = ({ supplier, device, utrnCounter }: PtutContext, value: Value): Uint8Array =>
  concat(
    MAC_PREFIX,
    eui64Bytes(supplier),
    eui64Bytes(device),
    transaction(utrnCounter),
    new Writer(4).u32(ptutHead({ ...value, truncatedCounter: truncateUtrnCounter(utrnCounter) })).done(),
  )

/**
 * The 32-bit MAC of a token. `z` is the secret shared by the supplier's prepayment top-up key and the device's key
 * agreement key. facts 9.4.
 */
export function ptutMac(p: CryptoProvider, z: Uint8Array, context: PtutContext, value: Value): number {
  const { supplier, device, utrnCounter } = context
  const key = deriveKey(p, z, { originator: supplier, recipient: device, transaction: transaction(utrnCounter) })
  const tag = gmac(p, key, supplier, ptutMacInput(context, value))
  return new Reader(tag.subarray(12)).u32('MAC')
}

/** Whether a token is authentic under the counter that was recovered for it. */
export const ptutMacIsValid = (p: CryptoProvider, z: Uint8Array, context: PtutContext, ptut: Ptut): boolean =>
  ptut.truncatedCounter === truncateUtrnCounter(context.utrnCounter) && ptutMac(p, z, context, ptut) === ptut.mac

/** The 20 digits of a new token. */
export const issueUtrn = (p: CryptoProvider, z: Uint8Array, context: PtutContext, value: Value): string =>
  encodeUtrn({
    ...value,
    truncatedCounter: truncateUtrnCounter(context.utrnCounter),
    mac: ptutMac(p, z, context, value),
  })
