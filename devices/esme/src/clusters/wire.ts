/** Values that the wire has no room for are shown as the largest that it has (our decision). */
const atMost =
  (max: number) =>
  (value: number): number =>
    Math.min(max, Math.max(0, Math.round(value)))

/** FF...FF is the invalid value of an unsigned type. */
export const asUint24 = atMost(0xfffffe)
export const asUint32 = atMost(0xfffffffe)
export const asUint48 = atMost(0xfffffffffffe)
/** 80...00 is the invalid value of a signed type. */
export const asInt24 = (value: number): number => Math.max(-0x7fffff, Math.min(0x7fffff, Math.round(value)))
export const asInt32 = (value: number): number => Math.max(-0x7fffffff, Math.min(0x7fffffff, Math.round(value)))
