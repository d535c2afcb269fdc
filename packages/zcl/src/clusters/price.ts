import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { bitmap8, enum8, group, octetString, repeated, uint8, uint16, uint24, uint32, utcTime } from '../fields.js'
import { blockThresholds } from '../entries.js'

/** Price cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const price = {
  id: 0x0700,
  name: 'Price',
  attributes: {
    block1Threshold: { id: 0x0100, type: t.uint48 },
    block2Threshold: { id: 0x0101, type: t.uint48 },
    block3Threshold: { id: 0x0102, type: t.uint48 },
    thresholdMultiplier: { id: 0x0202, type: t.uint24 },
    thresholdDivisor: { id: 0x0203, type: t.uint24 },
    standingCharge: { id: 0x0301, type: t.uint32 },
    conversionFactor: { id: 0x0302, type: t.uint32 },
    conversionFactorTrailingDigit: { id: 0x0303, type: t.bitmap8 },
    calorificValue: { id: 0x0304, type: t.uint32 },
    calorificValueUnit: { id: 0x0305, type: t.enum8 },
    calorificValueTrailingDigit: { id: 0x0306, type: t.bitmap8 },
    noTierBlock1Price: { id: 0x0400, type: t.uint32 },
    noTierBlock2Price: { id: 0x0401, type: t.uint32 },
    noTierBlock3Price: { id: 0x0402, type: t.uint32 },
    noTierBlock4Price: { id: 0x0403, type: t.uint32 },
    tier1Block1Price: { id: 0x0410, type: t.uint32 },
    tier2Block1Price: { id: 0x0420, type: t.uint32 },
    tier3Block1Price: { id: 0x0430, type: t.uint32 },
    tier4Block1Price: { id: 0x0440, type: t.uint32 },
    unitofMeasure: { id: 0x0615, type: t.enum8 },
    currency: { id: 0x0616, type: t.uint16 },
    priceTrailingDigit: { id: 0x0617, type: t.bitmap8 },
  },
  toServer: {
    getCurrentPrice: {
      id: 0x00,
      fields: {
        commandOptions: bitmap8,
      },
    },
    getBillingPeriod: {
      id: 0x0b,
      fields: {
        earliestStartTime: utcTime,
        minIssuerEventId: uint32,
        numberOfCommands: uint8,
        tariffType: bitmap8,
      },
    },
  },
  toClient: {
    publishPrice: {
      id: 0x00,
      fields: {
        providerId: uint32,
        rateLabel: octetString,
        issuerEventId: uint32,
        currentTime: utcTime,
        unitOfMeasure: enum8,
        currency: uint16,
        priceTrailingDigitAndPriceTier: bitmap8,
        numberOfPriceTiersAndRegisterTier: bitmap8,
        startTime: utcTime,
        durationInMinutes: uint16,
        price: uint32,
      },
    },
    publishBlockPeriod: {
      id: 0x01,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        blockPeriodStartTime: utcTime,
        blockPeriodDuration: uint24,
        blockPeriodControl: bitmap8,
        blockPeriodDurationType: bitmap8,
        tariffType: bitmap8,
        tariffResolutionPeriod: enum8,
      },
    },
    publishConversionFactor: {
      id: 0x02,
      fields: {
        issuerEventId: uint32,
        startTime: utcTime,
        conversionFactor: uint32,
        conversionFactorTrailingDigit: bitmap8,
      },
    },
    publishCalorificValue: {
      id: 0x03,
      fields: {
        issuerEventId: uint32,
        startTime: utcTime,
        calorificValue: uint32,
        calorificValueUnit: enum8,
        calorificValueTrailingDigit: bitmap8,
      },
    },
    publishTariffInformation: {
      id: 0x04,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        issuerTariffId: uint32,
        startTime: utcTime,
        tariffTypeChargingScheme: bitmap8,
        tariffLabel: octetString,
        numberOfPriceTiersInUse: uint8,
        numberOfBlockThresholdsInUse: uint8,
        unitOfMeasure: enum8,
        currency: uint16,
        priceTrailingDigit: bitmap8,
        standingCharge: uint32,
        tierBlockMode: uint8,
        blockThresholdMultiplier: uint24,
        blockThresholdDivisor: uint24,
      },
    },
    publishPriceMatrix: {
      id: 0x05,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        startTime: utcTime,
        issuerTariffId: uint32,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        subPayloadControl: bitmap8,
        priceMatrixSubPayload: repeated(group({ tierOrBlock: uint8, price: uint32 })),
      },
    },
    publishBlockThresholds: {
      id: 0x06,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        startTime: utcTime,
        issuerTariffId: uint32,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        subPayloadControl: bitmap8,
        blockThresholdSubPayload: repeated(blockThresholds),
      },
    },
    publishBillingPeriod: {
      id: 0x09,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        billingPeriodStartTime: utcTime,
        billingPeriodDuration: uint24,
        billingPeriodDurationType: bitmap8,
        tariffType: bitmap8,
      },
    },
  },
} as const satisfies Cluster
