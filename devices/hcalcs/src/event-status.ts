import type { UtcSeconds } from '@smets2-sim/cosem'
import type { HanCommand } from '@smets2-sim/firmware'
import { demandResponse } from '@smets2-sim/zcl'

/** What a switch reports of a command. */
export const eventStatus = { received: 0x01, started: 0x02, cancelled: 0x06, superseded: 0x07, rejected: 0xfe } as const
export type EventStatus = keyof typeof eventStatus

const NO_TEMPERATURE = 0x8000
const NO_LOAD_ADJUSTMENT = 0x80
const NO_SIGNATURE = 0x00
const SIGNATURE_OCTETS = 42

/** Report Event Status of the Demand Response cluster, with the level that the switch has. */
export const reportEventStatus = (id: number, status: EventStatus, level: number, time: UtcSeconds): HanCommand => ({
  cluster: demandResponse,
  name: 'reportEventStatus',
  fields: {
    issuerEventId: id,
    eventStatus: eventStatus[status],
    eventStatusTime: time,
    criticalityLevelApplied: 1,
    coolingTemperatureSetPointApplied: NO_TEMPERATURE,
    heatingTemperatureSetPointApplied: NO_TEMPERATURE,
    averageLoadAdjustmentPercentageApplied: NO_LOAD_ADJUSTMENT,
    dutyCycleApplied: level,
    eventControl: 0,
    signatureType: NO_SIGNATURE,
    signature: new Uint8Array(SIGNATURE_OCTETS),
  },
})
