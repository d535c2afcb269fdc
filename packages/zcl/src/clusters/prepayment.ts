import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import {
  bitmap8,
  bitmap16,
  bitmap32,
  enum8,
  group,
  int32,
  octetString,
  repeated,
  uint8,
  uint16,
  uint32,
  utcTime,
} from '../fields.js'
import { prepaySnapshot } from '../entries.js'

/** Prepayment cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const prepayment = {
  id: 0x0705,
  name: 'Prepayment',
  attributes: {
    paymentControlConfiguration: { id: 0x0000, type: t.bitmap16 },
    creditRemaining: { id: 0x0001, type: t.int32 },
    emergencyCreditRemaining: { id: 0x0002, type: t.int32 },
    accumulatedDebt: { id: 0x0005, type: t.int32 },
    overallDebtCap: { id: 0x0006, type: t.int32 },
    emergencyCreditLimit: { id: 0x0010, type: t.uint32 },
    emergencyCreditThreshold: { id: 0x0011, type: t.uint32 },
    maxCreditLimit: { id: 0x0021, type: t.uint32 },
    maxCreditPerTopUp: { id: 0x0022, type: t.uint32 },
    lowCreditWarning: { id: 0x0031, type: t.uint32 },
    cutOffValue: { id: 0x0040, type: t.int32 },
    debtAmount1: { id: 0x0211, type: t.uint32 },
    debtRecoveryFrequency1: { id: 0x0216, type: t.enum8 },
    debtRecoveryAmount1: { id: 0x0217, type: t.uint32 },
    debtAmount2: { id: 0x0221, type: t.uint32 },
    debtRecoveryFrequency2: { id: 0x0226, type: t.enum8 },
    debtRecoveryAmount2: { id: 0x0227, type: t.uint32 },
    debtAmount3: { id: 0x0231, type: t.uint32 },
    debtRecoveryTopUpPercentage3: { id: 0x0239, type: t.uint16 },
  },
  toServer: {
    selectAvailableEmergencyCredit: {
      id: 0x00,
      fields: {
        commandIssueDateTime: utcTime,
        originatingDevice: enum8,
      },
    },
    changeDebt: {
      id: 0x02,
      fields: {
        issuerEventId: uint32,
        debtLabel: octetString,
        debtAmount: int32,
        debtRecoveryMethod: enum8,
        debtAmountType: enum8,
        debtRecoveryStartTime: uint32,
        debtRecoveryCollectionTime: uint16,
        debtRecoveryFrequency: enum8,
        debtRecoveryAmount: int32,
        debtRecoveryBalancePercentage: uint16,
      },
    },
    emergencyCreditSetup: {
      id: 0x03,
      fields: {
        issuerEventId: uint32,
        startTime: utcTime,
        emergencyCreditLimit: uint32,
        emergencyCreditThreshold: uint32,
      },
    },
    consumerTopUp: {
      id: 0x04,
      fields: {
        originatingDevice: enum8,
        topUpCode: octetString,
      },
    },
    creditAdjustment: {
      id: 0x05,
      fields: {
        issuerEventId: uint32,
        startTime: utcTime,
        creditAdjustmentType: enum8,
        creditAdjustmentValue: int32,
      },
    },
    changePaymentMode: {
      id: 0x06,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        implementationDateTime: utcTime,
        proposedPaymentControlConfiguration: bitmap16,
        cutOffValue: int32,
      },
    },
    getPrepaySnapshot: {
      id: 0x07,
      fields: {
        earliestStartTime: utcTime,
        latestEndTime: utcTime,
        snapshotOffset: uint8,
        snapshotCause: bitmap32,
      },
    },
    getTopUpLog: {
      id: 0x08,
      fields: {
        latestEndTime: utcTime,
        numberOfRecords: uint8,
      },
    },
    setLowCreditWarningLevel: {
      id: 0x09,
      fields: {
        lowCreditWarningLevel: uint32,
      },
    },
    getDebtRepaymentLog: {
      id: 0x0a,
      fields: {
        latestEndTime: utcTime,
        numberOfDebts: uint8,
        debtType: enum8,
      },
    },
    setMaximumCreditLimit: {
      id: 0x0b,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        implementationDateTime: utcTime,
        maximumCreditLevel: uint32,
        maximumCreditPerTopUp: uint32,
      },
    },
    setOverallDebtCap: {
      id: 0x0c,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        implementationDateTime: utcTime,
        overallDebtCap: int32,
      },
    },
  },
  toClient: {
    publishPrepaySnapshot: {
      id: 0x01,
      fields: {
        snapshotId: uint32,
        snapshotTime: utcTime,
        totalSnapshotsFound: uint8,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        snapshotCause: bitmap32,
        snapshotPayloadType: enum8,
        snapshotPayload: prepaySnapshot,
      },
    },
    changePaymentModeResponse: {
      id: 0x02,
      fields: {
        friendlyCredit: bitmap8,
        friendlyCreditCalendarId: uint32,
        emergencyCreditLimit: uint32,
        emergencyCreditThreshold: uint32,
      },
    },
    consumerTopUpResponse: {
      id: 0x03,
      fields: {
        resultType: enum8,
        topUpValue: int32,
        sourceOfTopUp: enum8,
        creditRemaining: int32,
      },
    },
    publishTopUpLog: {
      id: 0x05,
      fields: {
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        topUpPayload: repeated(group({ code: octetString, amount: int32, time: utcTime })),
      },
    },
    publishDebtLog: {
      id: 0x06,
      fields: {
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        debtPayload: repeated(
          group({ collectionTime: utcTime, amountCollected: int32, debtType: enum8, outstandingDebt: int32 }),
        ),
      },
    },
  },
} as const satisfies Cluster
