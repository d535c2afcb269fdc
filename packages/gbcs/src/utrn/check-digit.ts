/**
 * The Verhoeff scheme over the dihedral group of order 10: every wrong digit and every swap of neighbours changes
 * the sum. The digits of a UTRN are taken from the left, the first with row 4, so that the check digit meets the
 * last row. facts 9.3.
 */

/** Product of two elements of the dihedral group: 0 to 4 are rotations, 5 to 9 reflections. */
const product = (a: number, b: number): number => {
  const turned = a < 5 ? (a + b) % 5 : (a - b + 10) % 5
  return a < 5 === b < 5 ? turned : turned + 5
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
/** Row n holds the permutation applied n times; its order is 8. */
const rows: readonly (readonly number[])[] = Array.from({ length: 8 }, (_, n) =>
  PERMUTATION.map((_, digit) => {
    for (let times = 0; times < n; times++) digit = PERMUTATION[digit] as number
    return digit
  }),
)
const FIRST_ROW = 4

const sum = (digits: string): number =>
  [...digits].reduce((total, digit, at) => product(total, rows[(FIRST_ROW + at) % 8]?.[Number(digit)] ?? 0), 0)

/** The digit to append to 19 digits. */
export const checkDigit = (digits: string): string =>
  [...'0123456789'].find((candidate) => sum(digits + candidate) === 0) as string

/** Whether the last of 20 digits is the check digit of those before it. */
export const checkDigitIsRight = (digits: string): boolean => sum(digits) === 0
