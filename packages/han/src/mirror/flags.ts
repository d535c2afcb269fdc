/** Attributes of flags that a mirror returns, in the order of notification scheme B. facts 10.2.1. */
export const flagAttribute = { functional: 0, flags2: 1, flags3: 2, flags4: 3, flags5: 4 } as const
export type FlagAttribute = (typeof flagAttribute)[keyof typeof flagAttribute]
export const FLAG_ATTRIBUTES = 5

/** Predefined scheme: the functional flags, then notification flags 2 to 5. */
export const NOTIFICATION_SCHEME_B = 2

/** Bits of the functional flags that a gas meter acts on. facts 10.2.1. */
export const functionalFlag = {
  newOtaFirmware: 0,
  cbkeUpdate: 1,
  stayAwakeHan: 4,
  stayAwakeWan: 5,
  pushHistoricalMeteringDay: 6,
  pushHistoricalMeteringWeek: 7,
  pushHistoricalMeteringMonth: 8,
  pushHistoricalPrepaymentDay: 9,
  pushHistoricalPrepaymentWeek: 10,
  pushHistoricalPrepaymentMonth: 11,
  pushStaticBasic: 12,
  pushStaticMetering: 13,
  pushStaticPrepayment: 14,
  networkKeyActive: 15,
  tunnelMessagePending: 21,
  getSnapshot: 22,
  getSampledData: 23,
} as const
/** Bits of notification flags 4 that a gas meter acts on. */
export const flags4 = { getPrepaySnapshot: 6, getTopUpLog: 7, getDebtRepaymentLog: 9 } as const

/** Bits for which the meter asks for a message of the hub; with the others it knows what to do. */
export const messageFlags: readonly { readonly attribute: FlagAttribute; readonly mask: number }[] = [
  {
    attribute: flagAttribute.functional,
    mask: (1 << functionalFlag.getSnapshot) | (1 << functionalFlag.getSampledData),
  },
  {
    attribute: flagAttribute.flags4,
    mask: (1 << flags4.getPrepaySnapshot) | (1 << flags4.getTopUpLog) | (1 << flags4.getDebtRepaymentLog),
  },
]

/** Whether a bit is set; bit 31 is not negative. */
export const hasFlag = (flags: number, bit: number): boolean => ((flags >>> bit) & 1) === 1
export const withFlag = (flags: number, bit: number, on: boolean): number =>
  (on ? flags | (1 << bit) : flags & ~(1 << bit)) >>> 0
