import { metering, prepayment, time } from '@smets2-sim/zcl'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mirrorFrames, MirrorListener } from './mirror-traffic.js'
import type { Push } from './push.js'

const seconds = fc.integer({ min: 1, max: 0xfffffff0 })
const amount = fc.integer({ min: 0, max: 0xffffff })
const ids = [metering, prepayment].flatMap((cluster) =>
  Object.entries(cluster.attributes)
    .filter(([name]) => !/^current(Day|Week|Month)/.test(name))
    .map(([, { id }]) => ({ clusterId: cluster.id, id })),
)
const report = fc
  .record({ time: seconds, reliable: fc.boolean(), clusterId: fc.constantFrom(metering.id, prepayment.id) })
  .chain((stamp) =>
    fc
      .uniqueArray(
        fc.record({
          id: fc.constantFrom(...ids.filter((one) => one.clusterId === stamp.clusterId).map(({ id }) => id)),
          value: amount,
        }),
        { minLength: 1, maxLength: 40, selector: ({ id }) => id },
      )
      .map((attributes): Push => ({ kind: 'report', ...stamp, attributes })),
  )
const usedToday = fc
  .record({ time: seconds, litres: amount, wattHours: amount, cost: amount })
  .map((used): Push => ({ kind: 'usedToday', ...used }))

function heardOf(pushes: readonly Push[]): Push[] {
  const heard: Push[] = []
  const listener = new MirrorListener((push) => {
    const last = heard.at(-1)
    const isMore =
      last?.kind === 'report' && push.kind === 'report' && last.clusterId === push.clusterId && last.time === push.time
    if (isMore) heard[heard.length - 1] = { ...push, attributes: [...last.attributes, ...push.attributes] }
    else heard.push(push)
  })
  for (const frame of pushes.flatMap(mirrorFrames))
    if ('records' in frame) listener.reported(frame.cluster, frame.records)
    else listener.commanded(frame.cluster, frame.command, frame.fields)
  return heard
}

describe('what a gas meter tells its mirror', () => {
  it('arrives as it was, with its time and whether that is right', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(report, usedToday), { maxLength: 6, selector: ({ time: at }) => at }),
        (pushes) => {
          expect(heardOf(pushes)).toEqual(pushes)
        },
      ),
    )
  })
  it('goes in reports that fit a frame or two', () => {
    const attributes = Array.from({ length: 30 }, (_, i) => ({ id: (ids[i] as { id: number }).id, value: 0 }))
    const frames = mirrorFrames({ kind: 'report', time: 1, reliable: true, clusterId: metering.id, attributes })
    const sizes = frames.map((frame) => ('records' in frame ? frame.records.length : NaN))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(12)
    expect(frames[0]?.cluster).toBe(time)
  })
  it('is nothing where no table knows the cluster or the command', () => {
    expect(mirrorFrames({ kind: 'report', time: 1, reliable: true, clusterId: 0x9999, attributes: [] })).toEqual([])
    expect(mirrorFrames({ kind: 'published', time: 1, command: 'nothing.known', fields: {} })).toEqual([])
  })
  it('of a day that was not told whole is left', () => {
    const frames = mirrorFrames({ kind: 'usedToday', time: 5, litres: 1, wattHours: 2, cost: 3 })
    const heard: Push[] = []
    const listener = new MirrorListener((push) => heard.push(push))
    const [, , cost] = frames
    if (cost && 'records' in cost) listener.reported(cost.cluster, cost.records)
    expect(heard).toEqual([])
  })
})
