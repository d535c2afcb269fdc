import { GbcsError } from '@smets2-sim/bytes'

/** Power of ten of a millipence: amounts of GBCS are in 10^-5 of the currency. */
const MILLIPENCE_SCALE = -5

/**
 * The amount of a unit charge (class 113) whose table has one element, the standing charge and the time debts: `charge`
 * times ten to the power of `priceScale`, in millipence.
 * @throws GbcsError `invalidValue` when the table has not one element, or the amount is no whole number of millipence
 */
export function unitChargeMillipence(unitCharge: {
  readonly scaling: { readonly priceScale: number }
  readonly charges: readonly { readonly charge: number }[]
}): number {
  const [only, ...more] = unitCharge.charges
  if (!only || more.length > 0)
    throw new GbcsError('invalidValue', `a charge by time has one amount, found ${unitCharge.charges.length}`)
  const power = unitCharge.scaling.priceScale - MILLIPENCE_SCALE
  const amount = power < 0 ? only.charge / 10 ** -power : only.charge * 10 ** power
  if (!Number.isSafeInteger(amount))
    throw new GbcsError(
      'invalidValue',
      `${only.charge} by 10^${unitCharge.scaling.priceScale} is no whole amount of 10^-5`,
    )
  return amount
}
