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
import { costHistory } from './cost-history.js'
import { topUpHistory } from './top-up-history.js'

/** Prepayment cluster, as far as GBCS and its displays use it (facts 6.5, gbz_commands.json). */
export const prepayment = {
  id: 0x0705,
  name: 'Prepayment',
  attributes: {
    paymentControlConfiguration: { id: 0x0000, type: t.bitmap16 },
    creditRemaining: { id: 0x0001, type: t.int32 },
    emergencyCreditRemaining: { id: 0x0002, type: t.int32 },
    creditStatus: { id: 0x0003, type: t.bitmap8 },
    creditRemainingTimeStamp: { id: 0x0004, type: t.utcTime },
    accumulatedDebt: { id: 0x0005, type: t.int32 },
    overallDebtCap: { id: 0x0006, type: t.int32 },
    emergencyCreditLimit: { id: 0x0010, type: t.uint32 },
    emergencyCreditThreshold: { id: 0x0011, type: t.uint32 },
    totalCreditAdded: { id: 0x0020, type: t.uint64 },
    maxCreditLimit: { id: 0x0021, type: t.uint32 },
    maxCreditPerTopUp: { id: 0x0022, type: t.uint32 },
    friendlyCreditWarning: { id: 0x0030, type: t.uint8 },
    lowCreditWarning: { id: 0x0031, type: t.uint32 },
    ihdLowCreditWarning: { id: 0x0032, type: t.uint32 },
    interruptSuspendTime: { id: 0x0033, type: t.uint8 },
    remainingFriendlyCreditTime: { id: 0x0034, type: t.uint16 },
    nextFriendlyCreditPeriod: { id: 0x0035, type: t.utcTime },
    cutOffValue: { id: 0x0040, type: t.int32 },
    tokenCarrierId: { id: 0x0080, type: t.octetString },
    ...topUpHistory,
    debtLabel1: { id: 0x0210, type: t.octetString },
    debtAmount1: { id: 0x0211, type: t.uint32 },
    debtRecoveryMethod1: { id: 0x0212, type: t.enum8 },
    debtRecoveryStartTime1: { id: 0x0213, type: t.utcTime },
    debtRecoveryCollectionTime1: { id: 0x0214, type: t.uint16 },
    debtRecoveryFrequency1: { id: 0x0216, type: t.enum8 },
    debtRecoveryAmount1: { id: 0x0217, type: t.uint32 },
    debtRecoveryTopUpPercentage1: { id: 0x0219, type: t.uint16 },
    debtLabel2: { id: 0x0220, type: t.octetString },
    debtAmount2: { id: 0x0221, type: t.uint32 },
    debtRecoveryMethod2: { id: 0x0222, type: t.enum8 },
    debtRecoveryStartTime2: { id: 0x0223, type: t.utcTime },
    debtRecoveryCollectionTime2: { id: 0x0224, type: t.uint16 },
    debtRecoveryFrequency2: { id: 0x0226, type: t.enum8 },
    debtRecoveryAmount2: { id: 0x0227, type: t.uint32 },
    debtRecoveryTopUpPercentage2: { id: 0x0229, type: t.uint16 },
    debtLabel3: { id: 0x0230, type: t.octetString },
    debtAmount3: { id: 0x0231, type: t.uint32 },
    debtRecoveryMethod3: { id: 0x0232, type: t.enum8 },
    debtRecoveryStartTime3: { id: 0x0233, type: t.utcTime },
    debtRecoveryCollectionTime3: { id: 0x0234, type: t.uint16 },
    debtRecoveryFrequency3: { id: 0x0236, type: t.enum8 },
    debtRecoveryAmount3: { id: 0x0237, type: t.uint32 },
    debtRecoveryTopUpPercentage3: { id: 0x0239, type: t.uint16 },
    prepaymentAlarmStatus: { id: 0x0400, type: t.bitmap16 },
    ...costHistory,
    attributeReportingStatus: { id: 0xfffe, type: t.enum8 },
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
