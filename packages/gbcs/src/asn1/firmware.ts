import {
  bigInteger,
  choice,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  optionalField,
  sequence,
} from './codec.js'

/** CS06 Activate Firmware. facts 7.6. */
export const activateCommand = sequence({
  manufacturerImageHash: octetString(32),
  originatorCounter: bigInteger,
  executionDateTime: optionalField(generalizedTime),
})
export const activateOutcome = sequence({ activateImageResponseCode: integer, firmwareVersion: octetString(4) })
/** NULL for a command that is executed later. */
export const activateResponse = choice({ pending: nullValue, executed: activateOutcome })
export const activateResult = { success: 0, noImageHeld: 1, hashMismatch: 2, activationFailure: 3 } as const
export const activateAlert = sequence({
  alertCode: integer,
  executionDateTime: generalizedTime,
  originatorCounter: bigInteger,
  executionOutcome: activateOutcome,
})

/** CS08 Read PPMID/HCALCS Firmware Version. */
export const versionCommand = nullValue
export const versionResponse = sequence({ firmwareVersion: octetString(4), status: integer })
/** CS09: outcome of an activation on a PPMID or HCALCS. */
export const versionAlert = sequence({
  alertCode: integer,
  time: generalizedTime,
  firmwareVersion: octetString(4),
  status: integer,
})
/** CCS08: outcome of a firmware transfer by the hub. */
export const transferAlert = sequence({
  alertCode: integer,
  time: generalizedTime,
  deviceId: octetString(8),
  firmwareVersion: octetString(4),
  code: integer,
})

/** GCS28 Set Clock on GSME. */
export const setClockCommand = sequence({
  validityIntervalStart: generalizedTime,
  validityIntervalEnd: generalizedTime,
})
export const setClockResponse = sequence({ deviceTime: generalizedTime, deviceTimeStatus: integer })
export const deviceTimeStatus = { reliable: 0, invalid: 1, unreliable: 2 } as const
