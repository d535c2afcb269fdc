/** Numbers of tariff registers. facts 5.7, 12.2. */
export const TOU_REGISTERS = 48
export const BLOCKS = 4
export const BLOCK_TOU_REGISTERS = 8
export const SECONDARY_TOU_REGISTERS = 4

/** Where the consumption of the primary element is counted: a time-of-use register, or the blocks of one of eight. */
export type ActiveRegister =
  | { readonly kind: 'tou'; readonly tou: number }
  | { readonly kind: 'block'; readonly tou: number }

const tou = Array.from({ length: TOU_REGISTERS }, (_, i): ActiveRegister => ({ kind: 'tou', tou: i }))
const blocks = Array.from({ length: BLOCK_TOU_REGISTERS }, (_, i): ActiveRegister => ({ kind: 'block', tou: i }))
const FIRST_BLOCK_SELECTOR = 101
const FIRST_SECONDARY_SELECTOR = 201

/**
 * The register that a script selector switches to: 1 to 48 time of use, 101 to 108 time of use with blocks. Where the
 * calendar has switched nothing, or to what is no register, it is time-of-use register 1 (our decision), so that every
 * watt-hour is in one of them. Indexes are from 0. facts 5.7
 */
export const primaryRegisterOf = (selector: number | undefined): ActiveRegister =>
  (selector === undefined ? undefined : (tou[selector - 1] ?? blocks[selector - FIRST_BLOCK_SELECTOR])) ??
  (tou[0] as ActiveRegister)

/** The register (0 to 3) of the secondary element that a selector of 201 to 204 switches to, else the first. */
export function secondaryRegisterOf(selector: number | undefined): number {
  const index = (selector ?? FIRST_SECONDARY_SELECTOR) - FIRST_SECONDARY_SELECTOR
  return index >= 0 && index < SECONDARY_TOU_REGISTERS ? index : 0
}

/** Index of a block register in a matrix that is kept block after block. */
export const blockRegister = (block: number, touIndex: number): number => block * BLOCK_TOU_REGISTERS + touIndex
