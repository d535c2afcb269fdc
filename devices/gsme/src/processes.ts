import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  calendarAt,
  calendarType,
  changeAccount,
  type Device,
  endDay,
  isOpen,
  payment,
  type Process,
  raise,
  reviewCredit,
  samplingSession,
  snapshotCause,
  synchroniseClock,
} from '@smets2-sim/firmware'
import { baseline, baselineTime, setBaseline } from './baseline.js'
import { batteryDayPasses } from './battery.js'
import { beginPeriods, keepSnapshots, nextPeriod } from './billing.js'
import { flows, meteredTime, meterUntil } from './flow.js'
import { nextProof, prove } from './flow-proof.js'
import { keepDailySample, keepHalfHour, keepNetworkSample, startLogs } from './profiles.js'
import { reportNews, reportToProxy } from './report.js'

const HALF_HOUR_S = 1800
const HOUR_S = 3600
const DAY_S = 86_400
const after = (time: UtcSeconds, period: number): UtcSeconds => (Math.floor(time / period) + 1) * period

/** The next time at which what flowed must be known: a log, a tariff, a calendar, a period or a command asks for it. */
function nextBoundary(device: Device, since: UtcSeconds): UtcSeconds {
  const switching = (type: number): UtcSeconds => calendarAt(device, type, since)?.until ?? Infinity
  const dated = device.futureDated.nextDue()
  return Math.min(
    after(since, HALF_HOUR_S),
    switching(calendarType.tariff),
    switching(calendarType.nonDisablement),
    nextPeriod(device, since),
    device.items.read(samplingSession)?.next ?? Infinity,
    nextProof(device) ?? Infinity,
    dated !== undefined && dated > since ? dated : Infinity,
  )
}

/** Meters up to every boundary, and up to now whenever the meter does anything while gas flows; keeps what is due there. */
export const metering: Process = {
  beforeCommands: true,
  nextDue(device) {
    const since = meteredTime(device)
    const now = device.now
    if (since === undefined) return now
    const boundary = nextBoundary(device, since)
    return boundary > now && since < now && flows(device) ? now : boundary
  },
  run(device, time) {
    const isFirst = meteredTime(device) === undefined
    meterUntil(device, time)
    if (isFirst) return startLogs(device)
    keepNetworkSample(device, time)
    if (time % HALF_HOUR_S === 0) keepHalfHour(device, time)
    if (time % DAY_S === 0) keepSnapshots(device, snapshotCause.general)
    beginPeriods(device, time)
    if (time % HALF_HOUR_S === 0) wake(device)
    if (time % DAY_S === 0) {
      keepDailySample(device, time - DAY_S)
      endDay(device, time)
      batteryDayPasses(device)
    }
    prove(device, time)
    reviewCredit(device)
  },
}

/** The radio comes on: what the proxy needs to know waits for it. facts 10.3. */
function wake(device: Device): void {
  reportToProxy(device)
  reportNews(device)
  if (device.now % DAY_S === 0) compareClocks(device)
}
/** When the radio is next on. */
export const nextWake = (device: Device): UtcSeconds => after(device.now, HALF_HOUR_S)

/** A meter that catches up with time long past has no hub to compare that time with. */
const CATCHING_UP_S = 60
/** More is for a command of the supplier to put right (GCS28): logged as an event besides the alert. */
const TOLERANCE_S = 10
function compareClocks(device: Device): void {
  const hub = device.ports.timeSource?.()
  const behind = device.ports.clock.now() + device.clock.offsetS - device.now
  if (hub === undefined || behind >= CATCHING_UP_S) return
  if (Math.abs(hub - device.now) > TOLERANCE_S) raise(device, 'clockNotAdjustedOutsideTolerance')
  else if (device.clock.status !== 'reliable') device.clock.set(hub)
  synchroniseClock(device)
}

const collectedUntil = baseline('collect')

/** Standing charge and time debts fall due at full hours, after commands that are due then. */
export const collecting: Process = {
  nextDue(device) {
    const since = baselineTime(device, collectedUntil)
    return since === undefined ? device.now : after(since, HOUR_S)
  },
  run(device, time) {
    const isFirst = baselineTime(device, collectedUntil) === undefined
    setBaseline(device, collectedUntil, time)
    if (isFirst) return
    changeAccount(device, (account, settings) =>
      payment.collect({ ...account, collectedUntil: time - 1 }, settings, time, !isOpen(device)),
    )
    reviewCredit(device)
  },
}

export const processes: readonly Process[] = [metering, collecting]
