import {
  arrayOf,
  type Data,
  bits,
  bool,
  compactArray,
  either,
  enumeration,
  i16,
  i32,
  i8,
  mapped,
  octets,
  optional,
  type Schema,
  structure,
  u16,
  u32,
  u8,
} from '@smets2-sim/cosem'

// Shapes of attribute values that several objects share. facts 5.3 to 5.13.

/** Power of ten and unit of a register; unit 30 Wh, 32 varh, 27 W, 254 currency, 255 count. */
export const scalerUnit = structure({ scaler: i8, unit: enumeration })

/** Registers of energy import with their constant units. facts 5.4. */
export const importRegisters = structure({
  activeImportWh: u32,
  activeScalerUnit: scalerUnit,
  reactiveImportVarh: u32,
  reactiveScalerUnit: scalerUnit,
  secondaryActiveImportWh: optional(u32),
})
export const touRegisters = structure({ primaryWh: arrayOf(u32, 48, 48), secondaryWh: optional(arrayOf(u32, 4, 4)) })
/** 4 blocks of 16, block after block (our decision; facts 12.2). */
export const blockRegisters = structure({ primaryWh: arrayOf(u32, 64, 64) })
export const powerImport = structure({ activePowerImportW: u32, scalerUnit, primaryActivePowerImportW: u32 })

const balances = {
  emergencyCreditMillipence: i32,
  meterBalanceMillipence: i32,
  paymentDebtMillipence: i32,
  timeDebt1Millipence: i32,
  timeDebt2Millipence: i32,
  accumulatedDebtMillipence: i32,
}
export const prepaymentBalances = structure(balances)

/** Name, start and week of a season; the dates with FF for any year. */
export const seasonProfile = arrayOf(
  structure({ name: octets({ max: 32 }), start: octets(12), week: octets({ max: 4 }) }),
  4,
)
export const weekProfile = arrayOf(
  structure({
    name: octets({ max: 4 }),
    monday: u8,
    tuesday: u8,
    wednesday: u8,
    thursday: u8,
    friday: u8,
    saturday: u8,
    sunday: u8,
  }),
  4,
)
/** Day identifiers with their switching times, each the script that is executed then. */
export const dayProfile = arrayOf(
  structure({
    dayId: u8,
    schedule: arrayOf(structure({ startTime: octets(4), script: octets(6), selector: u16 }), 48),
  }),
  16,
)
export const specialDays = arrayOf(structure({ index: u16, date: octets(5), dayId: u8 }), 50)

/** A bit string of any length, as a text of 0 and 1: which special days a schedule entry follows. */
const anyBits: Schema<string> = {
  name: 'bit-string',
  decode: (data: Data) => bits(data.type === 'bitString' ? data.bits : 0).decode(data),
  encode: (value) => bits(value.length).encode(value),
  initial: '',
}
export const schedule = arrayOf(
  structure({
    index: u16,
    enable: bool,
    script: octets(6),
    selector: u16,
    switchTime: octets(4),
    validityWindow: u16,
    weekdays: bits(7),
    specialDays: anyBits,
    beginDate: octets(5),
    endDate: octets(5),
  }),
  120,
)
/** Time of day and date with FF for any. */
export const executionTimes = arrayOf(structure({ time: octets(4), date: octets(5) }), 12)

/** 1 credit, 2 prepayment; account 1 new, 2 active. */
export const modeAndStatus = structure({ paymentMode: enumeration, accountStatus: enumeration })
/** Which credit pays which charge, and when it is collected. facts 5.13. */
export const creditChargeConfiguration = arrayOf(
  structure({ credit: octets(6), charge: octets(6), collection: bits(3) }),
  32,
)
/** Prices: the element with an empty index is the only one, else one for each tariff register. facts 5.7. */
export const unitCharge = structure({
  scaling: structure({ commodityScale: i8, priceScale: i8 }),
  commodity: structure({ classId: u16, logicalName: octets(6), attribute: i8 }),
  charges: arrayOf(structure({ index: octets({ max: 1 }), charge: i16 }), 80),
})
export const presetTime = structure({ preset: octets(12), validityStart: octets(12), validityEnd: octets(12) })

const registers = {
  time: u32,
  activeImportWh: u32,
  secondaryActiveImportWh: optional(u32),
  touWh: arrayOf(u32, 48, 48),
  secondaryTouWh: optional(arrayOf(u32, 4, 4)),
  block1Wh: arrayOf(u32, 8, 8),
  block2Wh: arrayOf(u32, 8, 8),
  block3Wh: arrayOf(u32, 8, 8),
  block4Wh: arrayOf(u32, 8, 8),
}
export const registerEntry = structure(registers)
export const prepaymentEntry = structure({ time: u32, ...balances })
export const modeTariffEntry = structure({ ...registers, ...balances })
export const importProfileEntry = structure({ time: u32, primaryWh: u32, secondaryWh: optional(u32) })
export const exportProfileEntry = structure({ time: u32, activeWh: u32, reactiveVarh: u32 })
export const eventEntry = structure({ time: u32, code: u16, otherInformation: octets({ max: 8 }) })
export const securityEntry = structure({ time: u32, code: u16 })
export const powerEntry = structure({ time: u32, code: u16, otherInformation: u32 })
export const boostEntry = structure({ time: u32, boostEnd: u32 })
/** What an auxiliary controller was told or did: see the selectors of its scripts. Names from the samples of ECS35f. */
export const controllerEntry = structure({ time: u32, selector: u16, outcome: enumeration, commandId: u32 })

export const valueLog = compactArray(structure({ time: u32, value: u32 }))
export const amountLog = compactArray(structure({ time: u32, amountMillipence: u32 }))

/** A date-time (SAPC and GBCS 4), or minutes of a period (earlier meters). */
export const controllerTime = either(
  octets(12),
  mapped(
    u16,
    (minutes) => ({ minutes }),
    ({ minutes }) => minutes,
  ),
  (value): value is Uint8Array => value instanceof Uint8Array,
)

/** One row of the communications store of the hub. */
export const activeDevices = arrayOf(
  structure({
    deviceId: octets(8),
    status: bits(8),
    maxRssi: i8,
    averageRssi: i8,
    minRssi: i8,
    maxLqi: u8,
    averageLqi: u8,
    minLqi: u8,
    lastCommunication: octets(12),
    numberOfHops: u8,
    transmissionFailures: u8,
    transmissionSuccesses: u8,
    applicationVersion: u8,
    stackVersion: u8,
  }),
  16,
)
/** CCS01: who may join, with the install code without its check octets. */
export const registration = structure({
  deviceId: octets(8),
  keyType: enumeration,
  installCode: octets(16),
  deviceType: enumeration,
})
export const panBackup = structure({
  extendedPanId: octets(8),
  devices: arrayOf(structure({ deviceId: octets(8), hashedLinkKey: octets({ max: 16 }) }), 16),
})
/**
 * Names of the fields from facts/cosem_objects.json; which of them has which place is our decision, after their types and
 * the values of the samples. Percentages and duty cycles in hundredths of a per cent.
 */
export const subGhzSettings = structure({
  page28Mask: bits(32),
  page29Mask: bits(32),
  page30Mask: bits(32),
  page31Mask: bits(32),
  normalLimitedDutyCycleThreshold: u16,
  limitedCriticalDutyCycleThreshold: u16,
  maximumChannelChangesPerWeek: u8,
  gsmeCurfew: u16,
  channelQuieterThresholdDb: u8,
  channelNoisierThresholdDb: u8,
  nonGsmePoorCommunicationsPercentage: u16,
  nonGsmeMeasurementPeriods: u8,
  localNoiseMeasurementPeriodS: u16,
  localFailurePercentage: u16,
  localRetryPercentage: u16,
})
/** The device log of the hub as it stood at a time: what a backup gives, and what the alert of a change carries. facts 4.2. */
export const panState = structure({
  dateTime: octets(12),
  extendedPanId: octets(8),
  devices: arrayOf(structure({ deviceId: octets(8), hashedLinkKey: octets({ max: 16 }) }), 16),
})
