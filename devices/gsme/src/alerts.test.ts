import {
  type AlertName,
  alertCodes,
  alertOf,
  alerts,
  decodeGbzAlert,
  GCS24,
  GCS25,
  GCS32,
  GCS39,
  GCS40a,
  GCS04,
} from '@smets2-sim/gbcs'
import { checkDigitIsRight, decodeAlertComponents } from '@smets2-sim/gbcs'
import { eui64 } from '@smets2-sim/bytes'
import { decodeFields, metering } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { gasBench, openFor, parties } from '../../../packages/firmware/src/gas/bench.fixture.js'
import {
  activateEmergencyCredit,
  allowAccess,
  display,
  enableSupply,
  enterTopUp,
  gsme,
  setDemand,
  setPrivacyPin,
  stimuli,
  stimulusAlerts,
  type StimulusName,
} from './index.js'
import { meterBench, meterId, prepaymentMode, prepaymentSettings, START } from './bench.fixture.js'

type Bench = ReturnType<typeof meterBench>
const logged = (bench: Bench, name: 'eventLog.buffer' | 'securityLog.buffer'): number[] =>
  [...bench.device.log(name).entries()].map(({ code }: { code: number }) => code)
const clearLogs = (bench: Bench): void => {
  bench.alerts()
  for (const name of ['eventLog.buffer', 'securityLog.buffer']) bench.device.log(name).clear()
}

/** Whether an alert went where its row says: to its parties, to the displays, into its logs. */
function expectTraceOf(bench: Bench, name: AlertName): void {
  const { code, wan, han, logs } = alerts[name]
  if (wan > 0) expect(bench.alerts()).toContain(code)
  if (han) expect(bench.shared).toContain(code)
  if (logs.event) expect(logged(bench, 'eventLog.buffer')).toContain(code)
  if (logs.security) expect(logged(bench, 'securityLog.buffer')).toContain(code)
}

describe('stimuli of a gas meter', () => {
  it.each(Object.keys(stimuli) as StimulusName[])('%s is told and logged as its row says', (name) => {
    const bench = meterBench()
    clearLogs(bench)
    stimuli[name](bench.device)
    expectTraceOf(bench, stimulusAlerts[name])
  })
  it('do nothing where the supplier has switched the alert off', async () => {
    const { GCS20 } = await import('@smets2-sim/gbcs')
    const bench = meterBench()
    const configure = (configuration: number) =>
      GCS20.command({
        to: meterId,
        parts: [
          {
            item: 'setEventConfiguration',
            fields: {
              issuerEventId: START,
              startDateTime: 0,
              eventConfiguration: configuration,
              configurationControl: 0,
              eventConfigurationPayload: Uint8Array.of(1, 0xa1, 0x81),
            },
          },
        ],
      })
    expect(bench.send(configure(0)).ok).toBe(true)
    clearLogs(bench)
    stimuli.closeBatteryCover(bench.device)
    expect(bench.alerts()).toEqual([])
    expect(logged(bench, 'eventLog.buffer')).toEqual([])
    bench.send(configure(0x0b))
    stimuli.closeBatteryCover(bench.device)
    expectTraceOf(bench, 'batteryCoverClosed')
  })
})

const supplyChange = (useCase: typeof GCS32 | typeof GCS39, proposedSupplyStatus: number) =>
  useCase.command({
    to: meterId,
    parts: [
      {
        item: 'changeSupply',
        fields: {
          providerId: 0,
          issuerEventId: START,
          requestDateTime: 0,
          implementationDateTime: 0,
          proposedSupplyStatus,
          supplyControlBits: 1,
        },
      },
    ],
  })
const adjust = (creditAdjustmentValue: number) =>
  GCS40a.command({
    to: meterId,
    parts: [
      {
        item: 'creditAdjustment',
        fields: { issuerEventId: START, startTime: 0, creditAdjustmentType: 0, creditAdjustmentValue },
      },
    ],
  })
const flowAndTamper = (supplyTamperState: number, threshold = 1) =>
  GCS24.command({
    to: meterId,
    parts: [
      {
        item: 'setUncontrolledFlowThreshold',
        fields: {
          providerId: 0,
          issuerEventId: START,
          uncontrolledFlowThreshold: threshold,
          unitOfMeasure: 1,
          multiplier: 1,
          divisor: 1,
          stabilisationPeriod: 50,
          measurementPeriod: 60,
        },
      },
      {
        item: 'setSupplyStatus',
        fields: {
          issuerEventId: START,
          supplyTamperState,
          supplyDepletionState: supplyTamperState,
          supplyUncontrolledFlowState: 0,
          loadLimitSupplyState: 3,
        },
      },
    ],
  })
const debts = (amount: number) =>
  GCS04.command({
    to: meterId,
    parts: [1, 3, 5].map((debtAmountType) => ({
      item: 'changeDebt' as const,
      fields: {
        issuerEventId: START,
        debtLabel: new Uint8Array(0),
        debtAmount: amount,
        debtRecoveryMethod: debtAmountType === 5 ? 1 : 0,
        debtAmountType,
        debtRecoveryStartTime: 0,
        debtRecoveryCollectionTime: 0,
        debtRecoveryFrequency: 0,
        debtRecoveryAmount: debtAmountType === 5 ? 0 : amount,
        debtRecoveryBalancePercentage: debtAmountType === 5 ? 10_000 : 0,
      },
    })),
  })
const lend = { emergencyCreditLimit: 1000, emergencyCreditThreshold: 100, lowCredit: 200 }

/** A balance of so much in prepayment mode, with a little emergency credit on offer below a pound. */
function prepaymentBench(credit: number): Bench {
  const bench = meterBench()
  bench.send(prepaymentSettings({ ...lend, maxCredit: 1_000_000, maxTopUp: 900_000 }))
  bench.send(adjust(credit))
  bench.send(prepaymentMode())
  clearLogs(bench)
  return bench
}
/** A good token, but of another meter. */
const wrongToken = gasBench(gsme, eui64('00db123456789099')).token(5, 5)
/** 20 digits with their check digit that are no token of this kind. */
const otherKind = Array.from({ length: 10 }, (_, digit) => `9900000000000000000${digit}`).find(checkDigitIsRight) ?? ''

/** How each alert that no stimulus stands for comes about. */
const provoked: Readonly<Partial<Record<AlertName, () => Bench>>> = {
  combinedCreditBelowLowCreditThreshold: () => adjusted(prepaymentBench(300), -150),
  emergencyCreditHasBecomeAvailable: () => adjusted(prepaymentBench(300), -250),
  creditBelowDisablementThreshold: () => adjusted(prepaymentBench(300), -400),
  creditAddedLocally: () => topped(prepaymentBench(300), 1, 5),
  emergencyCreditActivated: () => lent(adjusted(prepaymentBench(300), -250)),
  emergencyCreditExhausted() {
    const bench = lent(adjusted(prepaymentBench(300), -250))
    bench.send(debts(2000))
    bench.advance(3600)
    return bench
  },
  supplyDisabledThenArmedActivateEmergencyCreditTriggered: () => lent(adjusted(prepaymentBench(300), -400)),
  debtCollectionCompletedTimeDebt1: () => indebted(),
  debtCollectionCompletedTimeDebt2: () => indebted(),
  debtCollectionCompletedPaymentDebt: () => topped(indebted(), 1, 5),
  disablementOfSupplyDueToInsufficientCreditHasBeenSuspended() {
    const bench = prepaymentBench(300)
    bench.send(prepaymentSettings(lend, [{ startMinute: 0, value: 1 }]))
    return adjusted(bench, -400)
  },
  supplyArmed() {
    const bench = meterBench()
    bench.send(supplyChange(GCS32, 0))
    bench.send(supplyChange(GCS39, 1))
    return bench
  },
  supplyDisabledThenLockedSupplyTamperStateCause() {
    const bench = meterBench()
    bench.send(flowAndTamper(0))
    stimuli.openMeterCover(bench.device)
    return bench
  },
  supplyDisabledThenArmedUncontrolledGasFlowRate() {
    const bench = meterBench()
    bench.send(flowAndTamper(3))
    bench.send(supplyChange(GCS32, 0))
    bench.send(supplyChange(GCS39, 1))
    setDemand(bench.device, 2000)
    enableSupply(bench.device)
    bench.advance(120)
    return bench
  },
  duplicateUtrnEntered: () => topped(topped(prepaymentBench(0), 1, 5), 1, 5),
  utrnExceedsMaximumCreditThreshold: () => topped(prepaymentBench(0), 1, 1000),
  creditWouldCauseMeterBalanceToExceedMaximumMeterBalanceThreshold: () => topped(prepaymentBench(900_000), 1, 200),
  utrnNotAuthentic: () => entered(prepaymentBench(0), wrongToken),
  utrnNotForThisDevice: () => entered(prepaymentBench(0), otherKind),
  utrnManualEntrySuspended: () => entered(prepaymentBench(0), wrongToken, 5),
  utrnRejectedAsLockedOut: () => entered(prepaymentBench(0), wrongToken, 6),
  billingDataLogUpdated() {
    const bench = meterBench()
    bench.send(billingCalendar)
    bench.advance(86_400)
    return bench
  },
  clockAdjustedWithinTolerance: () => driftingBy(5),
  clockNotAdjusted: () => driftingBy(500),
  clockNotAdjustedOutsideTolerance: () => driftingBy(500),
  userInterfaceCommandInputAndSuccessfullyActioned() {
    const bench = meterBench()
    setPrivacyPin(bench.device, '1234')
    return bench
  },
  userInterfaceCommandInputButNotSuccessfullyActioned() {
    const bench = meterBench()
    setPrivacyPin(bench.device, '1234')
    allowAccess(bench.device, '4321')
    return bench
  },
  immediateHanInterfaceCommandReceivedAndSuccessfullyActioned() {
    const bench = meterBench()
    bench.send(adjust(1))
    return bench
  },
  immediateHanInterfaceCommandReceivedButNotSuccessfullyActioned() {
    const bench = meterBench()
    bench.send(supplyChange(GCS39, 1))
    return bench
  },
}
const adjusted = (bench: Bench, by: number): Bench => {
  bench.send(adjust(by))
  return bench
}
const lent = (bench: Bench): Bench => {
  activateEmergencyCredit(bench.device)
  return bench
}
const topped = (bench: Bench, counter: number, pence: number): Bench => entered(bench, bench.token(counter, pence))
const entered = (bench: Bench, token: string, times = 1): Bench => {
  for (let i = 0; i < times; i++) enterTopUp(bench.device, token)
  return bench
}
const indebted = (): Bench => {
  const bench = prepaymentBench(10_000)
  bench.send(debts(50))
  bench.advance(3600)
  return bench
}
const driftingBy = (seconds: number): Bench => {
  const hub = { time: 0 }
  const bench = meterBench({ timeSource: () => bench.clock.time + hub.time })
  hub.time = seconds
  bench.advance(86_400)
  return bench
}
const billingCalendar = GCS25.command({
  to: meterId,
  parts: [
    {
      item: 'publishBillingPeriod',
      fields: {
        providerId: 0,
        issuerEventId: START,
        billingPeriodStartTime: START,
        billingPeriodDuration: 1,
        billingPeriodDurationType: 0x21,
        tariffType: 0,
      },
    },
  ],
})

describe('alerts of the account, the valve and the clock', () => {
  it.each(Object.keys(provoked) as AlertName[])('%s', (name) => {
    expectTraceOf((provoked[name] as () => Bench)(), name)
  })
  it('say nothing of what has not become true', () => {
    const bench = adjusted(prepaymentBench(300), -50)
    expect(bench.alerts()).toEqual([])
    expect(entered(prepaymentBench(0), '12345678901234567890').alerts()).toEqual([])
    expect(display(bench.device).supplyStatus).toBe(2)
  })
  it('carry the billing data that only the supplier can read', () => {
    const bench = meterBench()
    setDemand(bench.device, 100)
    bench.send(billingCalendar)
    bench.sent.length = 0
    bench.advance(86_400)
    const alert = bench.sent.find(({ otherInformation }) => otherInformation.messageCode === 0x008b)
    expect(alert?.target).toBe(parties.supplier.id)
    if (!alert) return
    const [component] = decodeAlertComponents(decodeGbzAlert(alert.content).content ?? new Uint8Array(0))
    const sealed = component?.sealed ?? new Uint8Array(0)
    expect(openFor(alert, parties.networkOperator, sealed)).toBeUndefined()
    const plaintext = openFor(alert, parties.supplier, sealed) ?? new Uint8Array(0)
    const snapshot = decodeFields(metering.toClient.publishSnapshot, plaintext)
    expect(snapshot).toMatchObject({ snapshotTime: START + 86_400, snapshotCause: 2, totalSnapshotsFound: 1 })
    expect(snapshot.snapshotSubPayload.subarray(0, 2)).toEqual(Uint8Array.of(2400 & 0xff, 2400 >> 8))
  })
})

describe('every code of a gas meter', () => {
  /** Those of messages, credentials and firmware are raised and tested where all devices share them. */
  const shared: readonly AlertName[] = [
    'integrityCheckOfContentOrFormatOfCommandFailed',
    'sourceDoesNotHaveAuthorityForCommand',
    'trustedSourceAuthenticationFailure',
    'unauthorisedCommunicationAccessAttempted',
    'failedAuthenticationOrAuthorisationNotCoveredByOtherCodes',
    'unusualNumbersOfMalformedOutOfOrderOrUnexpectedCommandsReceived',
    'changeInTheExecutingFirmwareVersion',
    'deviceJoiningFailed',
    'deviceJoiningSucceeded',
    'deviceUnjoiningFailed',
    'deviceUnjoiningSucceeded',
    'ownDigitalSigningCertificateReplacementFailed',
    'ownDigitalSigningCertificateReplacementSucceeded',
    'ownKeyAgreementCertificateReplacementFailed',
    'ownKeyAgreementCertificateReplacementSucceeded',
    'eventLogCleared',
    'futureDateHanInterfaceCommandSuccessfullyActioned',
    'futureDateHanInterfaceCommandNotSuccessfullyActioned',
    'updateSecurityCredentials',
    'firmwareVerificationSuccessful',
    'firmwareVerificationFailed',
  ]
  it('has a stimulus, a cause in the account, or one that all devices share', () => {
    const covered = new Set<string>([...Object.values(stimulusAlerts), ...Object.keys(provoked), ...shared])
    const missing = alertCodes.filter(({ devices, name }) => devices.includes('gsme') && !covered.has(name))
    expect(missing.map(({ name }) => name)).toEqual([])
    expect([...covered].every((name) => alertOf(alerts[name as AlertName].code)?.devices.includes('gsme'))).toBe(true)
  })
})
