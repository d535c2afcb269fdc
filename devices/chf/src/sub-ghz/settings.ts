import { accessResult } from '@smets2-sim/cosem'
import { AccessError, type Device, itemOf } from '@smets2-sim/firmware'
import { subGhzConfiguration } from '@smets2-sim/gbcs'
import { subGhzConfigurationChanged } from '../events.js'

export type SubGhzSettings = (typeof subGhzConfiguration.value.schema)['initial']
const stored = itemOf(subGhzConfiguration.value)

const MASK_BITS = 32
/** The first 5 bits of a mask are the number of its page, the last 27 stand for its channels. */
const PAGE_BITS = 5
const CHANNELS = MASK_BITS - PAGE_BITS
const maskOf = (page: number, channels: number): string =>
  page.toString(2).padStart(PAGE_BITS, '0') + channels.toString(2).padStart(CHANNELS, '0')

/** What a hub comes with. Our decision, near to the values of the reference messages. */
const initial: SubGhzSettings = {
  page28Mask: maskOf(28, 0x7ffffff),
  page29Mask: maskOf(29, 0x1ff),
  page30Mask: maskOf(30, 0x7ffffff),
  page31Mask: maskOf(31, 0x7ffffff),
  normalLimitedDutyCycleThreshold: 125,
  limitedCriticalDutyCycleThreshold: 200,
  maximumChannelChangesPerWeek: 4,
  gsmeCurfew: 6,
  channelQuieterThresholdDb: 6,
  channelNoisierThresholdDb: 10,
  nonGsmePoorCommunicationsPercentage: 5050,
  nonGsmeMeasurementPeriods: 125,
  localNoiseMeasurementPeriodS: 90,
  localFailurePercentage: 5000,
  localRetryPercentage: 3000,
}
export const subGhzSettings = ({ items }: Device): SubGhzSettings => (items.has(stored) ? items.read(stored) : initial)

const pagesOf = ({ page28Mask, page29Mask, page30Mask, page31Mask }: SubGhzSettings): readonly [number, string][] => [
  [28, page28Mask],
  [29, page29Mask],
  [30, page30Mask],
  [31, page31Mask],
]
/** Masks of the channels that the settings allow, one bit set in each besides its page. */
export const channelsIn = (settings: SubGhzSettings): string[] =>
  pagesOf(settings).flatMap(([page, mask]) =>
    Array.from({ length: CHANNELS }, (_, channel) => channel)
      .filter((channel) => mask[MASK_BITS - 1 - channel] === '1')
      .map((channel) => maskOf(page, 2 ** channel)),
  )

/** DBCH04: settings that make no sense are refused, others are told. */
export function setSubGhzSettings(device: Device, settings: SubGhzSettings): void {
  const wrongPage = pagesOf(settings).find(([page, mask]) => parseInt(mask.slice(0, PAGE_BITS), 2) !== page)
  if (wrongPage) throw new AccessError(accessResult.otherReason, `the mask of page ${wrongPage[0]} names another`)
  if (channelsIn(settings).length === 0) throw new AccessError(accessResult.otherReason, 'no channel is allowed')
  if (settings.normalLimitedDutyCycleThreshold > settings.limitedCriticalDutyCycleThreshold)
    throw new AccessError(accessResult.otherReason, 'the thresholds of the duty cycle do not ascend')
  device.items.write(stored, settings)
  subGhzConfigurationChanged(device)
}
