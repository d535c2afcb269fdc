import type { UtcSeconds } from '@smets2-sim/cosem'
import { type AlertName, alerts, operatingSubGhzChannel, subGhzChannelLog } from '@smets2-sim/gbcs'
import { type Device, type Item, item, itemOf, raise } from '@smets2-sim/firmware'
import { channelScanAssessed, subGhzChannelChanged } from '../events.js'
import { channelsIn, setSubGhzSettings, type SubGhzSettings, subGhzSettings } from './settings.js'

/** Noise on a channel, dBm, by the mask of page and channel: what the radio hears. */
export const channelNoise: Item<Readonly<Record<string, number>>> = item('chf.subGhzNoiseDbm', {})
/** Noise on the present channel when it was chosen, dBm. */
const noiseWhenChosen: Item<number | undefined> = item('chf.subGhzNoiseWhenChosenDbm', undefined)
/** Times of channel changes, the newest last. */
const changes: Item<readonly UtcSeconds[]> = item('chf.subGhzChannelChanges', [])
/** Searches for a lost gas meter that failed, one after the other. */
const failedSearches: Item<number> = item('chf.failedGsmeSearches', 0)

const WEEK_S = 7 * 86_400
const HOUR_S = 3600
/** Where nothing was heard there is no noise. */
const QUIET_DBM = -120
const SEARCHES = 3

/** Why the channel was changed, as 8F26 says it. Our decision. */
export const changeReason = { requested: 0, poorCommunications: 1, notAllowed: 2 } as const
/** What is thought of a request to scan, as 8F28 says it. Our decision. */
export const assessment = { accepted: 0, changesUsedUp: 1, gsmeCurfew: 2 } as const

/** The channel in use; the first that is allowed until another was chosen. */
export function operatingChannel(device: Device): string {
  const stored = itemOf(operatingSubGhzChannel.value)
  return device.items.has(stored) ? device.items.read(stored) : (channelsIn(subGhzSettings(device))[0] as string)
}

const noiseOn = ({ items }: Device, channel: string): number => items.read(channelNoise)[channel] ?? QUIET_DBM

/** Tells and logs what was done about the channel: an alert, and its details in so far as 8 octets hold them. */
function logChannel(device: Device, name: AlertName, ...otherInformation: readonly number[]): void {
  const entry = { time: device.now, code: alerts[name].code, otherInformation: Uint8Array.from(otherInformation) }
  device.after(() => device.log(subGhzChannelLog.buffer.item).append(entry))
}
function unchanged(device: Device): void {
  raise(device, 'subGHzChannelNotChangedDueToFrequencyAgilityParameters')
  logChannel(device, 'subGHzChannelNotChangedDueToFrequencyAgilityParameters')
}
function moveTo(device: Device, channel: string, reason: keyof typeof changeReason): void {
  device.items.write(itemOf(operatingSubGhzChannel.value), channel)
  device.items.write(noiseWhenChosen, noiseOn(device, channel))
  device.items.update(changes, (times) => [...times.filter((time) => time > device.now - WEEK_S), device.now])
  subGhzChannelChanged(device, channel, changeReason[reason])
  logChannel(device, 'subGHzChannelChanged', changeReason[reason])
}

/**
 * Whether the settings allow a change now: not too many a week, and none in so many hours after the last, in which
 * sleeping gas meters find the new channel (our decision).
 */
function assess(device: Device): keyof typeof assessment {
  const { maximumChannelChangesPerWeek, gsmeCurfew } = subGhzSettings(device)
  const times = device.items.read(changes)
  if (times.filter((time) => time > device.now - WEEK_S).length >= maximumChannelChangesPerWeek) return 'changesUsedUp'
  const last = times.at(-1)
  return last !== undefined && device.now < last + gsmeCurfew * HOUR_S ? 'gsmeCurfew' : 'accepted'
}

/** DBCH05: a party asks for a scan. What is thought of it is told; then the hub may look for a better channel. */
export function requestScan(device: Device, request: number): void {
  const outcome = assess(device)
  channelScanAssessed(device, request, assessment[outcome])
  logChannel(device, 'subGHzChannelScanRequestAssessmentOutcome', request, assessment[outcome])
  if (outcome === 'accepted') scan(device, 'requested')
}

const quietestOf = (device: Device, channels: readonly string[]): string =>
  channels.reduce((best, one) => (noiseOn(device, one) < noiseOn(device, best) ? one : best))

/** Listens on every allowed channel, and goes to the quietest if that is quieter than the present one by enough. */
function scan(device: Device, reason: keyof typeof changeReason): void {
  raise(device, 'subGHzChannelScanInitiated')
  logChannel(device, 'subGHzChannelScanInitiated')
  const settings = subGhzSettings(device)
  const present = operatingChannel(device)
  const quietest = quietestOf(device, [present, ...channelsIn(settings)])
  const gainDb = noiseOn(device, present) - noiseOn(device, quietest)
  if (quietest === present || gainDb < settings.channelQuieterThresholdDb) unchanged(device)
  else moveTo(device, quietest, reason)
}

/** What the hub's own radio found in a measurement period: shares in hundredths of a per cent, noise in dBm. */
export interface LocalMeasurement {
  readonly failures: number
  readonly retries: number
  readonly noiseDbm: number
}

/** The hub judges its channel by what it measured, and looks for a better one if it is poor and the settings allow. */
export function channelMeasured(device: Device, { failures, retries, noiseDbm }: LocalMeasurement): void {
  const settings = subGhzSettings(device)
  const present = operatingChannel(device)
  device.items.update(channelNoise, (all) => ({ ...all, [present]: noiseDbm }))
  const before = device.items.read(noiseWhenChosen) ?? QUIET_DBM
  const isNoisier = noiseDbm - before >= settings.channelNoisierThresholdDb
  const isPoor = failures >= settings.localFailurePercentage || retries >= settings.localRetryPercentage
  if (!isNoisier || !isPoor) return
  if (assess(device) === 'accepted') scan(device, 'poorCommunications')
  else unchanged(device)
}

/** DBCH04: new settings. A channel that they do not allow is left. */
export function changeSettings(device: Device, settings: SubGhzSettings): void {
  setSubGhzSettings(device, settings)
  const allowed = channelsIn(settings)
  const isInUse = device.items.has(itemOf(operatingSubGhzChannel.value))
  if (isInUse && !allowed.includes(operatingChannel(device))) moveTo(device, quietestOf(device, allowed), 'notAllowed')
}

/** A search for a gas meter that is lost found it, or did not: the third failure in a row is told. facts 4.5 (8F29). */
export function gsmeSearched(device: Device, found: boolean): void {
  const failed = device.items.update(failedSearches, (count) => (found ? 0 : count + 1))
  if (failed < SEARCHES) return
  device.items.write(failedSearches, 0)
  raise(device, 'threeLostGsmeSearchesFailed')
  logChannel(device, 'threeLostGsmeSearchesFailed')
}
