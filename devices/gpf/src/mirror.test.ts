import { eui64 } from '@smets2-sim/bytes'
import { historyItem, type Push, tenancyStart } from '@smets2-sim/firmware'
import { CS10a, CS10b, CS11, GCS09, GCS13a, GCS16a, GCS17, GCS33, GCS38, GCS61 } from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { gasBench, type GasBench } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { gpf, receivePush } from './index.js'

const proxyId = eui64('00db1234567890a3')
const START = 820_540_800
const proxyBench = (): GasBench => gasBench(gpf, proxyId, {}, START)
const empty = new Uint8Array(0)

const report = (time: number, register: number, reliable = true): Push => ({
  kind: 'report',
  time,
  reliable,
  clusterId: metering.id,
  attributes: [
    { id: metering.attributes.currentSummationDelivered.id, value: register },
    { id: metering.attributes.supplyStatus.id, value: 1 },
    { id: metering.attributes.currentMeterID.id, value: Uint8Array.of(1, 2, 3, 4) },
  ],
})
const used = (time: number, litres: number): Push => ({
  kind: 'usedToday',
  time,
  litres,
  wattHours: litres * 10,
  cost: litres * 2,
})
const statusOf = ({ items }: { items: readonly { result: number | string }[] }): (number | string)[] =>
  items.map(({ result }) => result)

describe('the copy of the meter', () => {
  it('is empty at first, and answered with the time of the proxy', () => {
    const bench = proxyBench()
    const read = bench.send(GCS33.command({ to: proxyId, parts: [{ item: 'readMetering', fields: {} }] }))
    expect(read.value.attributes).toEqual({ remainingBatteryLifeinDays: 0, supplyStatus: 0 })
  })
  it('is what the meter reported, with its time and a clock of its own', () => {
    const bench = proxyBench()
    receivePush(bench.device, report(START + 1795, 4711))
    bench.advance(3600)
    const request = GCS13a.command({ to: proxyId, parts: [{ item: 'readMetering', fields: {} }] })
    expect(bench.send(request).value.attributes['currentSummationDelivered']).toBe(4711)
    const stamp = (): { time: number; clockStatus: number } => {
      const zcl = bench.device.profile.zcl
      return { time: zcl?.time?.(bench.device) ?? 0, clockStatus: zcl?.clockStatus?.(bench.device) ?? 0 }
    }
    expect(stamp()).toEqual({ time: START + 1795, clockStatus: 0x04 })
    receivePush(bench.device, report(START + 3600, 4712, false))
    expect(stamp()).toEqual({ time: START + 3600, clockStatus: 0x06 })
    const firmware = bench.send(GCS38.command({ to: proxyId, parts: [{ item: 'readMetering', fields: {} }] }))
    expect(firmware.value.attributes['currentMeterID']).toEqual(Uint8Array.of(1, 2, 3, 4))
  })
  it('leaves attributes that it does not know', () => {
    const { device } = proxyBench()
    receivePush(device, {
      kind: 'report',
      time: START,
      reliable: true,
      clusterId: metering.id,
      attributes: [{ id: 0x7777, value: 1 }],
    })
    receivePush(device, { kind: 'report', time: START, reliable: true, clusterId: 0x9999, attributes: [] })
    receivePush(device, { kind: 'published', time: START, command: 'metering.publishNothing', fields: {} })
  })
  it('makes profile, daily consumption and history of the half hours', () => {
    const bench = proxyBench()
    const { device } = bench
    for (let n = 0; n <= 96; n++) {
      const time = START + n * 1800
      bench.clock.time = time
      device.tick()
      receivePush(device, report(time, n * 50))
      receivePush(device, used(time, n === 0 ? 0 : ((n - 1) % 48) * 50 + 50))
    }
    const sampled = (useCase: typeof GCS17 | typeof GCS61, sampleID: number) =>
      bench.send(
        useCase.command({
          to: proxyId,
          parts: [
            {
              item: 'getSampledData',
              fields: { sampleID, earliestSampleTime: START, sampleType: 0, numberOfSamples: 200 },
            },
          ],
        }),
      ).value.commands[0]?.fields
    expect(sampled(GCS17, 0)).toMatchObject({ sampleStartTime: START + 1800, numberOfSamples: 96 })
    expect(sampled(GCS61, 1)).toMatchObject({
      sampleStartTime: START,
      sampleRequestInterval: 0xffff,
      samples: [2400, 2400],
    })
    bench.advance(3600)
    const day = (ago: number): number => device.items.read(historyItem('wattHours', 'Day', ago))
    expect([0, 1, 2].map(day)).toEqual([0, 24_000, 24_000])
    expect(device.items.read(historyItem('cost', 'Month', 0))).toBe(9600)
  })
  it('has a gap where a half hour was missed', () => {
    const bench = proxyBench()
    for (const n of [0, 1, 3, 4]) receivePush(bench.device, report(START + n * 1800, n * 50))
    const answer = bench.send(
      GCS17.command({
        to: proxyId,
        parts: [
          {
            item: 'getSampledData',
            fields: { sampleID: 0, earliestSampleTime: START, sampleType: 0, numberOfSamples: 10 },
          },
        ],
      }),
    )
    expect(answer.value.commands[0]?.fields).toMatchObject({
      sampleStartTime: START + 1800,
      samples: [50, 0xffffff, 0xffffff, 50],
    })
  })
  it('is gone with the hub: a new proxy knows nothing of it', () => {
    const bench = proxyBench()
    receivePush(bench.device, report(START, 4711))
    const replacement = proxyBench()
    const request = GCS13a.command({ to: proxyId, parts: [{ item: 'readMetering', fields: {} }] })
    expect(replacement.send(request).value.attributes['currentSummationDelivered']).toBe(0)
  })
})

describe('snapshots and logs that the meter published', () => {
  it('are answered from the copy, each once', () => {
    const bench = proxyBench()
    const snapshot: Push = {
      kind: 'published',
      time: START,
      command: 'metering.publishSnapshot',
      fields: {
        snapshotId: 5,
        snapshotTime: START,
        totalSnapshotsFound: 1,
        commandIndex: 0,
        totalNumberOfCommands: 1,
        snapshotCause: 1,
        snapshotPayloadType: 6,
        snapshotSubPayload: new Uint8Array(56),
      },
    }
    receivePush(bench.device, snapshot)
    receivePush(bench.device, snapshot)
    const get = (snapshotOffset: number) =>
      bench.send(
        GCS16a.command({
          to: proxyId,
          parts: [
            {
              item: 'getSnapshot',
              fields: { earliestStartTime: 0, latestEndTime: START, snapshotOffset, snapshotCause: 1 },
            },
          ],
        }),
      )
    expect(get(0).value.commands[0]?.fields).toMatchObject({ snapshotId: 5, totalSnapshotsFound: 1 })
    expect(statusOf(get(1))).toEqual([0x8b])
  })
  it('of events are copies beside the proxy’s own', () => {
    const bench = proxyBench()
    const events = (logId: number, eventId: number): Push => ({
      kind: 'published',
      time: START,
      command: 'events.publishEventLog',
      fields: {
        totalNumberOfEvents: 1,
        commandIndex: 0,
        totalCommands: 1,
        logPayload: { control: 0x10, entries: [{ logId, eventId, time: START, data: empty }] },
      },
    })
    receivePush(bench.device, events(6, 0x81a1))
    receivePush(bench.device, events(7, 0x8f73))
    const read = (useCase: typeof CS10a | typeof CS10b, eventControlLogId: number): number[] | undefined =>
      (
        bench.send(
          useCase.command({
            to: proxyId,
            parts: [
              {
                item: 'getEventLog',
                fields: {
                  eventControlLogId,
                  eventId: 0,
                  startTime: 0,
                  endTime: 0xfffffffe,
                  numberOfEvents: 0,
                  eventOffset: 0,
                },
              },
            ],
          }),
        ).value.commands[0]?.fields['logPayload'] as { entries: { eventId: number }[] } | undefined
      )?.entries.map(({ eventId }) => eventId)
    expect(read(CS10a, 0x16)).toEqual([0x81a1])
    expect(read(CS10b, 0x07)).toEqual([0x8f73])
    expect(read(CS10a, 0x13)).toEqual([0x8154, 0x8154])
    bench.send(CS11.command({ to: proxyId, parts: [{ item: 'clearEventLogRequest', fields: { logId: 6 } }] }))
    expect(read(CS10a, 0x16)).toBeUndefined()
    expect(read(CS10b, 0x07)).toEqual([0x8f73])
    expect(read(CS10b, 0x04)).toEqual([0x8f52])
  })
})

describe('tenancy', () => {
  const from = (implementationDateTime: number) =>
    GCS09.command({
      to: proxyId,
      parts: [
        {
          item: 'publishChangeOfTenancy',
          fields: {
            providerId: 0,
            issuerEventId: START,
            tariffType: 0,
            implementationDateTime,
            proposedTenancyChangeControl: 0x200,
          },
        },
      ],
    })
  const profile = { sampleID: 0, earliestSampleTime: 1, sampleType: 0, numberOfSamples: 100 }
  /** What a display of the home reads, and what a party outside does. */
  const atHome = ({ device }: GasBench): unknown =>
    device.profile.zcl?.commands.get('metering.getSampledData')?.handle({ device, now: device.now }, profile)
  const outside = (bench: GasBench): unknown =>
    bench.send(GCS17.command({ to: proxyId, parts: [{ item: 'getSampledData', fields: profile }] })).value.commands[0]
      ?.fields['numberOfSamples']

  it('hides what was used before it, from its date on, from the home and from parties outside', () => {
    const bench = proxyBench()
    for (let n = 0; n <= 10; n++) {
      bench.advance(n === 0 ? 0 : 1800)
      receivePush(bench.device, report(bench.clock.time, n * 50))
      receivePush(bench.device, used(bench.clock.time, n * 50))
    }
    const month = historyItem('litres', 'Month', 0)
    expect(bench.send(from(bench.clock.time + 60)).ok).toBe(true)
    expect(bench.device.items.read(month)).toBe(500)
    expect(outside(bench)).toBe(10)
    bench.advance(60)
    expect(bench.device.items.read(tenancyStart)).toBe(bench.clock.time)
    expect(bench.device.items.read(month)).toBe(0)
    expect(atHome(bench)).toEqual({ status: 0x8b })
    expect(outside(bench)).toBeUndefined()
    bench.advance(1740)
    receivePush(bench.device, report(bench.clock.time, 550))
    expect(atHome(bench)).toMatchObject([{ fields: { numberOfSamples: 1 } }])
    expect(outside(bench)).toBe(1)
  })
  it('may begin in the past', () => {
    const bench = proxyBench()
    bench.send(from(START - 1))
    expect(bench.device.items.read(tenancyStart)).toBe(START - 1)
    expect(bench.device.futureDated.all()).toEqual([])
  })
})
