import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { bitmap8, bitmap32, enum8, remainder, repeated, uint8, uint16, uint24, uint32, utcTime } from '../fields.js'
import { meteringHistory } from './metering-history.js'

/** Metering cluster, as far as GBCS, its displays and the gas mirror use it (facts 6.5, 10.2, 10.3, gbz_commands.json). */
export const metering = {
  id: 0x0702,
  name: 'Metering',
  attributes: {
    currentSummationDelivered: { id: 0x0000, type: t.uint48 },
    currentSummationReceived: { id: 0x0001, type: t.uint48 },
    currentMaxDemandDelivered: { id: 0x0002, type: t.uint48 },
    readingSnapshotTime: { id: 0x0007, type: t.utcTime },
    currentMaxDemandDeliveredTime: { id: 0x0008, type: t.utcTime },
    defaultUpdatePeriod: { id: 0x000a, type: t.uint8 },
    fastPollUpdatePeriod: { id: 0x000b, type: t.uint8 },
    currentBlockPeriodConsumptionDelivered: { id: 0x000c, type: t.uint48 },
    currentBlock: { id: 0x000e, type: t.enum8 },
    profileIntervalPeriod: { id: 0x000f, type: t.enum8 },
    supplyStatus: { id: 0x0014, type: t.enum8 },
    activeRegisterTierDelivered: { id: 0x0020, type: t.enum8 },
    currentTier1SummationDelivered: { id: 0x0100, type: t.uint48 },
    currentTier2SummationDelivered: { id: 0x0102, type: t.uint48 },
    currentTier3SummationDelivered: { id: 0x0104, type: t.uint48 },
    currentTier4SummationDelivered: { id: 0x0106, type: t.uint48 },
    status: { id: 0x0200, type: t.bitmap8 },
    remainingBatteryLifeinDays: { id: 0x0205, type: t.uint16 },
    currentMeterID: { id: 0x0206, type: t.octetString },
    ambientConsumptionIndicator: { id: 0x0207, type: t.enum8 },
    unitofMeasure: { id: 0x0300, type: t.enum8 },
    multiplier: { id: 0x0301, type: t.uint24 },
    divisor: { id: 0x0302, type: t.uint24 },
    summationFormatting: { id: 0x0303, type: t.bitmap8 },
    demandFormatting: { id: 0x0304, type: t.bitmap8 },
    historicalConsumptionFormatting: { id: 0x0305, type: t.bitmap8 },
    meteringDeviceType: { id: 0x0306, type: t.bitmap8 },
    siteID: { id: 0x0307, type: t.octetString },
    meterSerialNumber: { id: 0x0308, type: t.octetString },
    operatingTariffLabelDelivered: { id: 0x030f, type: t.octetString },
    customerIDNumber: { id: 0x0311, type: t.octetString },
    alternativeUnitofMeasure: { id: 0x0312, type: t.enum8 },
    alternativeDemandFormatting: { id: 0x0313, type: t.bitmap8 },
    alternativeConsumptionFormatting: { id: 0x0314, type: t.bitmap8 },
    ...meteringHistory,
    currentDemandDelivered: { id: 0x0600, type: t.uint24 },
    demandLimit: { id: 0x0601, type: t.uint24 },
    loadLimitSupplyState: { id: 0x0605, type: t.enum8 },
    loadLimitCounter: { id: 0x0606, type: t.uint8 },
    supplyTamperState: { id: 0x0607, type: t.enum8 },
    supplyDepletionState: { id: 0x0608, type: t.enum8 },
    supplyUncontrolledFlowState: { id: 0x0609, type: t.enum8 },
    currentNoTierBlock1SummationDelivered: { id: 0x0700, type: t.uint48 },
    currentNoTierBlock2SummationDelivered: { id: 0x0701, type: t.uint48 },
    currentNoTierBlock3SummationDelivered: { id: 0x0702, type: t.uint48 },
    currentNoTierBlock4SummationDelivered: { id: 0x0703, type: t.uint48 },
    billToDateDelivered: { id: 0x0a00, type: t.uint32 },
    billToDateTimeStampDelivered: { id: 0x0a01, type: t.utcTime },
    billDeliveredTrailingDigit: { id: 0x0a04, type: t.bitmap8 },
    proposedChangeSupplyImplementationTime: { id: 0x0b00, type: t.utcTime },
    proposedChangeSupplyStatus: { id: 0x0b01, type: t.enum8 },
    uncontrolledFlowThreshold: { id: 0x0b10, type: t.uint16 },
    uncontrolledFlowThresholdUnitOfMeasure: { id: 0x0b11, type: t.enum8 },
    uncontrolledFlowMultiplier: { id: 0x0b12, type: t.uint16 },
    uncontrolledFlowDivisor: { id: 0x0b13, type: t.uint16 },
    flowStabilisationPeriod: { id: 0x0b14, type: t.uint8 },
    flowMeasurementPeriod: { id: 0x0b15, type: t.uint16 },
    attributeReportingStatus: { id: 0xfffe, type: t.enum8 },
  },
  toServer: {
    requestMirrorResponse: {
      id: 0x01,
      fields: {
        endpointId: uint16,
      },
    },
    mirrorRemoved: {
      id: 0x02,
      fields: {
        removedEndpointId: uint16,
      },
    },
    takeSnapshot: {
      id: 0x05,
      fields: {
        snapshotCause: bitmap32,
      },
    },
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
    mirrorReportAttributeResponse: {
      id: 0x09,
      fields: {
        notificationScheme: uint8,
        notificationFlags: repeated(bitmap32),
      },
    },
    resetLoadLimitCounter: {
      id: 0x0a,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
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
    localChangeSupply: {
      id: 0x0c,
      fields: {
        proposedSupplyStatus: enum8,
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
    requestMirror: {
      id: 0x01,
      fields: {},
    },
    removeMirror: {
      id: 0x02,
      fields: {},
    },
    takeSnapshotResponse: {
      id: 0x05,
      fields: {
        snapshotId: uint32,
        snapshotConfirmation: uint8,
      },
    },
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
    configureMirror: {
      id: 0x08,
      fields: {
        issuerEventId: uint32,
        reportingInterval: uint24,
        mirrorNotificationReporting: uint8,
        notificationScheme: uint8,
      },
    },
    configureNotificationScheme: {
      id: 0x09,
      fields: {
        issuerEventId: uint32,
        notificationScheme: uint8,
        notificationFlagOrder: bitmap32,
      },
    },
    configureNotificationFlags: {
      id: 0x0a,
      fields: {
        issuerEventId: uint32,
        notificationScheme: uint8,
        notificationFlagAttributeId: uint16,
        bitFieldAllocation: remainder,
      },
    },
    getNotifiedMessage: {
      id: 0x0b,
      fields: {
        notificationScheme: uint8,
        notificationFlagAttributeId: uint16,
        notificationFlags: bitmap32,
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
