import { GbcsError } from '@smets2-sim/bytes'
import { MAX_PTUT_VALUE, type Ptut } from './ptut.js'

const millipencePer = { pence: 1_000, pounds: 100_000 } as const

/** Value of a token in millipence (10^-5 of the currency), the unit of meter balances. */
export const ptutMillipence = ({ value, valueClass }: Pick<Ptut, 'value' | 'valueClass'>): number =>
  value * millipencePer[valueClass]

/**
 * The value and class that stand for an amount in pence: pence up to 81.91, whole pounds up to 8,191.
 * @throws GbcsError `invalidValue` for an amount that a token cannot carry
 */
export function ptutValue(pence: number): Pick<Ptut, 'value' | 'valueClass'> {
  if (Number.isInteger(pence) && pence >= 0) {
    if (pence <= MAX_PTUT_VALUE) return { value: pence, valueClass: 'pence' }
    if (pence % 100 === 0 && pence / 100 <= MAX_PTUT_VALUE) return { value: pence / 100, valueClass: 'pounds' }
  }
  throw new GbcsError('invalidValue', `a token cannot carry ${pence} pence: up to 8191, or whole pounds up to 8191`)
}
