import { eui64 } from '@smets2-sim/bytes'
import {
  type Device,
  historyItem,
  type MirrorFrame,
  mirrorFrames,
  MirrorListener,
  pushArrived,
  readZclAttribute,
  waitingPushes,
} from '@smets2-sim/firmware'
import { gpf, receivePush } from '@smets2-sim/gpf'
import { enterTopUp, setDemand, stimuli } from '@smets2-sim/gsme'
import { type Cluster, decodeFields, encodeFields, foundation, metering, prepayment } from '@smets2-sim/zcl'
import { expect, it } from 'vitest'
import { meterBench, prepaymentMode, tariff, tenWattHoursPerLitre } from '../../../devices/gsme/src/bench.fixture.js'
import { gasBench } from '../../firmware/src/gas/bench.fixture.js'

const attribute = (device: Device, cluster: Cluster, name: string): unknown =>
  readZclAttribute(
    device.profile.zcl as never,
    { device, now: device.now },
    cluster,
    (cluster.attributes[name] as { id: number }).id,
  ).value
/** A frame crosses the air as octets. */
function overTheAir(frame: MirrorFrame, listener: MirrorListener): void {
  const { cluster } = frame
  if ('records' in frame) {
    const octets = encodeFields(foundation.reportAttributes, { records: frame.records })
    return listener.reported(cluster, decodeFields(foundation.reportAttributes, octets).records)
  }
  const definition = cluster.toClient[frame.command]
  if (!definition) throw new Error(`no ${frame.command}`)
  listener.commanded(cluster, frame.command, decodeFields(definition, encodeFields(definition, frame.fields as never)))
}
/** Entries without what only the proxy knows of them: how many snapshots the meter had. */
const entries = (device: Device, log: string): object[] =>
  [...device.log(log).entries()].map((entry: object) => ({ ...entry, found: undefined }))

it('a proxy that hears of its meter every half hour knows what the meter knows', () => {
  const meter = meterBench()
  const proxy = gasBench(gpf, eui64('00db1234567890a3'), {}, meter.clock.time)
  const listener = new MirrorListener((push) => receivePush(proxy.device, push))
  meter.send(tenWattHoursPerLitre)
  meter.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [5000, 0, 0, 0] }))
  meter.send(prepaymentMode())
  enterTopUp(meter.device, meter.token(1, 5000))
  setDemand(meter.device, 100)
  for (let halfHour = 1; halfHour <= 100; halfHour++) {
    meter.advance(1800)
    proxy.advance(1800)
    if (halfHour === 20) {
      stimuli.openMeterCover(meter.device)
      enterTopUp(meter.device, meter.token(2, 5000))
    }
    for (const push of waitingPushes(meter.device)) {
      for (const frame of mirrorFrames(push)) overTheAir(frame, listener)
      pushArrived(meter.device, push)
    }
  }
  for (const [cluster, name] of [
    [metering, 'currentSummationDelivered'],
    [metering, 'supplyStatus'],
    [prepayment, 'creditRemaining'],
    [prepayment, 'paymentControlConfiguration'],
  ] as const)
    expect([name, attribute(proxy.device, cluster, name)]).toEqual([name, attribute(meter.device, cluster, name)])
  // of a half hour or a day that began before the first report only the meter knows
  for (const [log, unknown] of [
    ['sampledData.profile', 1],
    ['sampledData.daily', 1],
    ['snapshots.daily', 0],
    ['prepaySnapshots.daily', 0],
    ['topUps.buffer', 0],
  ] as const)
    expect([log, entries(proxy.device, log)]).toEqual([log, entries(meter.device, log).slice(unknown)])
  const history = ({ items }: Device): number[] =>
    (['litres', 'wattHours', 'cost'] as const).flatMap((family) =>
      ([0, 1, 2] as const).flatMap((ago) => [
        items.read(historyItem(family, 'Day', ago)),
        items.read(historyItem(family, 'Month', ago)),
      ]),
    )
  expect(history(proxy.device)).toEqual(history(meter.device))
  const events = (device: Device, log: string): number[] =>
    [...device.log(log).entries()].map(({ code }: { code: number }) => code).sort()
  expect(events(proxy.device, 'gsmeEventLog.buffer')).toEqual(events(meter.device, 'eventLog.buffer'))
  expect(events(proxy.device, 'gsmeSecurityLog.buffer')).toEqual(events(meter.device, 'securityLog.buffer'))
})
