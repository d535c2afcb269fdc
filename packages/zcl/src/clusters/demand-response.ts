import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { bitmap8, bitmap16, enum8, fixed, int16, uint8, uint16, uint32, utcTime } from '../fields.js'

/** Demand Response and Load Control cluster: the electricity meter tells load switches when to act (facts 10.7, 10.8). */
export const demandResponse = {
  id: 0x0701,
  name: 'Demand Response and Load Control',
  /** All of them are attributes of the client. */
  attributes: {
    utilityEnrollmentGroup: { id: 0x0000, type: t.uint8 },
    startRandomizationMinutes: { id: 0x0001, type: t.uint8 },
    durationRandomizationMinutes: { id: 0x0002, type: t.uint8 },
    deviceClassValue: { id: 0x0003, type: t.uint16 },
  },
  toServer: {
    reportEventStatus: {
      id: 0x00,
      fields: {
        issuerEventId: uint32,
        eventStatus: enum8,
        eventStatusTime: utcTime,
        criticalityLevelApplied: uint8,
        coolingTemperatureSetPointApplied: uint16,
        heatingTemperatureSetPointApplied: uint16,
        averageLoadAdjustmentPercentageApplied: uint8,
        dutyCycleApplied: uint8,
        eventControl: bitmap8,
        signatureType: uint8,
        signature: fixed(42),
      },
    },
    getScheduledEvents: {
      id: 0x01,
      fields: {
        startTime: utcTime,
        numberOfEvents: uint8,
      },
    },
  },
  toClient: {
    loadControlEvent: {
      id: 0x00,
      fields: {
        issuerEventId: uint32,
        deviceClass: bitmap16,
        utilityEnrollmentGroup: uint8,
        startTime: utcTime,
        durationInMinutes: uint16,
        criticalityLevel: uint8,
        coolingTemperatureOffset: uint8,
        heatingTemperatureOffset: uint8,
        coolingTemperatureSetPoint: int16,
        heatingTemperatureSetPoint: int16,
        averageLoadAdjustmentPercentage: uint8,
        dutyCycle: uint8,
        eventControl: bitmap8,
      },
    },
    cancelLoadControlEvent: {
      id: 0x01,
      fields: {
        issuerEventId: uint32,
        deviceClass: bitmap16,
        utilityEnrollmentGroup: uint8,
        cancelControl: bitmap8,
        effectiveTime: utcTime,
      },
    },
    cancelAllLoadControlEvents: {
      id: 0x02,
      fields: {
        cancelControl: bitmap8,
      },
    },
  },
} as const satisfies Cluster
