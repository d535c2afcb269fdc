import type { UtcSeconds } from '@smets2-sim/cosem'
import { metering, zclStatus } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { ColumnLog, type Log } from '../state/ring-log.js'
import { zclFaultKey } from './fault-key.js'
import { type FieldsOf, notFound, refuseUnless } from './fields.js'
import { insertByTime } from './log-order.js'
import type { ClusterServer, ZclAnswer, ZclContext } from './profile.js'
import { visibleFrom } from './tenancy.js'

type Sampled = FieldsOf<(typeof metering)['toClient']['getSampledDataResponse']>

/** Logs of consumption at equal intervals, by sample identifier. facts 12.4, gbz_commands.json GCS17, GCS18, GCS61. */
const logs: Readonly<Record<number, { name: string; intervalS: number; interval: number; capacity: number }>> = {
  // half hours of 13 months
  0: { name: 'sampledData.profile', intervalS: 1800, interval: 1800, capacity: 19_056 },
  // days of two years; an interval of 16 bits cannot say a day
  1: { name: 'sampledData.daily', intervalS: 86_400, interval: 0xffff, capacity: 731 },
  // 6 minutes of 4 hours
  2: { name: 'sampledData.network', intervalS: 360, interval: 360, capacity: 41 },
}
export const sampleId = { profile: 0, daily: 1, network: 2 } as const
type SampleId = (typeof sampleId)[keyof typeof sampleId]

/** A sample: when its interval ended (the days: when it began), and what was used in it, in thousandths of a cubic metre. */
export interface Sample {
  readonly time: UtcSeconds
  readonly value: number
}
const timeOf = ({ time }: Sample): UtcSeconds => time

export const sampledDataLogs: Readonly<Record<string, () => Log<Sample>>> = Object.fromEntries(
  Object.values(logs).map(({ name, capacity }) => [
    name,
    () => new ColumnLog<'time' | 'value'>(capacity, ['time', 'value']),
  ]),
)
export const sampleLog = (device: Device, id: SampleId): Log<Sample> =>
  device.log((logs[id] as (typeof logs)[number]).name)

/** Largest sample: 24 bits, and the last value says that there is none. */
const INVALID = 0xffffff
export const appendSample = (device: Device, id: SampleId, time: UtcSeconds, value: number): void =>
  sampleLog(device, id).append({ time, value: Math.min(value, INVALID - 1) })

/** Samples from a time on, so many at most, one each interval; where one is missing it is said to be invalid. */
function getSampledData(context: ZclContext, fields: Readonly<Record<string, any>>): ZclAnswer {
  const { device } = context
  const row = logs[fields['sampleID'] as number]
  if (!row || !(row.name in device.profile.logs) || fields['sampleType'] !== 0) return notFound
  const log = device.log(row.name) as Log<Sample>
  const earliest = Math.max(fields['earliestSampleTime'] as number, visibleFrom(context))
  const count = fields['numberOfSamples'] as number
  const from = log.between(earliest, 0xffffffff)
  const start = from[0]?.time
  const found = from.filter(({ time }) => time < (start ?? 0) + count * row.intervalS)
  const last = found.at(-1)
  if (start === undefined || !last) return notFound
  const values = new Map(found.map(({ time, value }) => [time, value]))
  const samples = Array.from(
    { length: Math.floor((last.time - start) / row.intervalS) + 1 },
    (_, i) => values.get(start + i * row.intervalS) ?? INVALID,
  )
  const answer: Sampled = {
    sampleID: fields['sampleID'] as number,
    sampleStartTime: start,
    sampleType: 0,
    sampleRequestInterval: row.interval,
    numberOfSamples: samples.length,
    samples,
  }
  return [{ command: 'getSampledDataResponse', fields: answer }]
}

function learnSamples({ device }: ZclContext, fields: Readonly<Record<string, any>>): void {
  const { sampleID, sampleStartTime, samples } = fields as Sampled
  const row = logs[sampleID]
  if (!row) return
  insertByTime<Sample>(
    device.log(row.name),
    timeOf,
    samples.map((value, i) => ({ time: sampleStartTime + i * row.intervalS, value })),
    () => true,
  )
}

/** A sampling session of the network data log: when it takes its next sample, and how many it will still take. */
export interface SamplingSession {
  readonly next: UtcSeconds
  readonly remaining: number
  /** Register at the last sample. */
  readonly register: number
}
export const samplingSession: Item<SamplingSession | undefined> = item('sampledData.session', undefined)
const NO_SESSION = 0xffff

export const sampledDataReads: ClusterServer = {
  commands: { 'metering.getSampledData': { handle: getSampledData } },
  learns: { 'metering.getSampledDataResponse': learnSamples },
}

/** The start of a sampling session (GCS31). A new one takes the place of one that runs, and begins with an empty log. */
export const sampling = (register: (device: Device) => number): ClusterServer => ({
  commands: {
    'metering.startSampling': {
      handle({ device }, fields) {
        const { name, intervalS, capacity } = logs[sampleId.network] as (typeof logs)[number]
        const count = fields['maxNumberofSamples'] as number
        refuseUnless(fields['sampleType'] === 0, 'only consumption delivered is sampled')
        refuseUnless(fields['sampleRequestInterval'] === intervalS, `the interval is ${intervalS} s`)
        refuseUnless(count > 0 && count <= capacity, `1 to ${capacity} samples`)
        const start = Math.max(device.now, fields['startSamplingTime'] as number)
        device.after(() => device.log(name).clear())
        device.items.write(samplingSession, {
          next: start - (start % intervalS) + intervalS,
          remaining: count,
          register: register(device),
        })
        return [{ command: 'startSamplingResponse', fields: { sampleId: sampleId.network } }]
      },
      failed: () => [{ command: 'startSamplingResponse', fields: { sampleId: NO_SESSION } }],
    },
  },
  learns: {
    'metering.startSamplingResponse': ({ device }, fields) => {
      if (fields['sampleId'] === NO_SESSION)
        device.faults.inject(
          zclFaultKey(metering.id, 'command', metering.toServer.startSampling.id),
          zclStatus.hardwareFailure,
        )
    },
  },
})
