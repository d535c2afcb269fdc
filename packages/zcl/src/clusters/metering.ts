import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { bitmap8, bitmap32, enum8, remainder, repeated, uint8, uint16, uint24, uint32, utcTime } from '../fields.js'

/** Metering cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const metering = {
  id: 0x0702,
  name: 'Metering',
  attributes: {
    currentSummationDelivered: { id: 0x0000, type: t.uint48 },
    supplyStatus: { id: 0x0014, type: t.enum8 },
    currentTier1SummationDelivered: { id: 0x0100, type: t.uint48 },
    currentTier2SummationDelivered: { id: 0x0102, type: t.uint48 },
    currentTier3SummationDelivered: { id: 0x0104, type: t.uint48 },
    currentTier4SummationDelivered: { id: 0x0106, type: t.uint48 },
    remainingBatteryLifeinDays: { id: 0x0205, type: t.uint16 },
    currentMeterID: { id: 0x0206, type: t.octetString },
    unitofMeasure: { id: 0x0300, type: t.enum8 },
    multiplier: { id: 0x0301, type: t.uint24 },
    divisor: { id: 0x0302, type: t.uint24 },
    siteID: { id: 0x0307, type: t.octetString },
    supplyTamperState: { id: 0x0607, type: t.enum8 },
    supplyDepletionState: { id: 0x0608, type: t.enum8 },
    currentNoTierBlock1SummationDelivered: { id: 0x0700, type: t.uint48 },
    currentNoTierBlock2SummationDelivered: { id: 0x0701, type: t.uint48 },
    currentNoTierBlock3SummationDelivered: { id: 0x0702, type: t.uint48 },
    currentNoTierBlock4SummationDelivered: { id: 0x0703, type: t.uint48 },
    billToDateDelivered: { id: 0x0a00, type: t.uint32 },
    uncontrolledFlowThreshold: { id: 0x0b10, type: t.uint16 },
    uncontrolledFlowThresholdUnitOfMeasure: { id: 0x0b11, type: t.enum8 },
    uncontrolledFlowMultiplier: { id: 0x0b12, type: t.uint16 },
    uncontrolledFlowDivisor: { id: 0x0b13, type: t.uint16 },
    flowStabilisationPeriod: { id: 0x0b14, type: t.uint8 },
    flowMeasurementPeriod: { id: 0x0b15, type: t.uint16 },
  },
  toServer: {
    getSnapshot: {
      id: 0x06,
      fields: {
        earliestStartTime: utcTime,
        latestEndTime: utcTime,
        snapshotOffset: uint8,
        snapshotCause: bitmap32,
      },
    },
    startSampling: {
      id: 0x07,
      fields: {
        issuerEventId: uint32,
        startSamplingTime: utcTime,
        sampleType: enum8,
        sampleRequestInterval: uint16,
        maxNumberofSamples: uint16,
      },
    },
    getSampledData: {
      id: 0x08,
      fields: {
        sampleID: uint16,
        earliestSampleTime: utcTime,
        sampleType: enum8,
        numberOfSamples: uint16,
      },
    },
    changeSupply: {
      id: 0x0b,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        requestDateTime: utcTime,
        implementationDateTime: utcTime,
        proposedSupplyStatus: enum8,
        supplyControlBits: bitmap8,
      },
    },
    setSupplyStatus: {
      id: 0x0d,
      fields: {
        issuerEventId: uint32,
        supplyTamperState: enum8,
        supplyDepletionState: enum8,
        supplyUncontrolledFlowState: enum8,
        loadLimitSupplyState: enum8,
      },
    },
    setUncontrolledFlowThreshold: {
      id: 0x0e,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        uncontrolledFlowThreshold: uint16,
        unitOfMeasure: enum8,
        multiplier: uint16,
        divisor: uint16,
        stabilisationPeriod: uint8,
        measurementPeriod: uint16,
      },
    },
  },
  toClient: {
    publishSnapshot: {
      id: 0x06,
      fields: {
        snapshotId: uint32,
        snapshotTime: utcTime,
        totalSnapshotsFound: uint8,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        snapshotCause: bitmap32,
        snapshotPayloadType: enum8,
        snapshotSubPayload: remainder,
      },
    },
    getSampledDataResponse: {
      id: 0x07,
      fields: {
        sampleID: uint16,
        sampleStartTime: utcTime,
        sampleType: enum8,
        sampleRequestInterval: uint16,
        numberOfSamples: uint16,
        samples: repeated(uint24),
      },
    },
    supplyStatusResponse: {
      id: 0x0c,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        implementationDateTime: utcTime,
        supplyStatus: enum8,
      },
    },
    startSamplingResponse: {
      id: 0x0d,
      fields: {
        sampleId: uint16,
      },
    },
  },
} as const satisfies Cluster
