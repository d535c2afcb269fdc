import { eui64, toHex } from '@smets2-sim/bytes'
import { alerts, deviceType } from '@smets2-sim/gbcs'
import {
  clusters,
  dataTypes,
  encodeFrame,
  foundation,
  frameControl,
  metering,
  prepayment,
  price,
  zclStatus,
} from '@smets2-sim/zcl'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setDeviceLog } from '../credentials/device-log.js'
import type { HanOutcome, HanReceiver } from '../han-port.js'
import { testBench } from '../testing/bench.fixture.js'
import { answerFrame, DirectHan, serve, servedCluster, shareAlert } from './index.js'

const [meter, ppmid, ihd, stranger] = ['a0', 'd0', 'e0', 'f9'].map((end) => eui64(`00db1234567890${end}`)) as [
  ReturnType<typeof eui64>,
  ReturnType<typeof eui64>,
  ReturnType<typeof eui64>,
  ReturnType<typeof eui64>,
]

/** A meter with one attribute and two commands, a prepayment display and an in-home display. */
function network() {
  const { device } = testBench([])
  setDeviceLog(device, [
    { deviceId: ppmid, deviceType: deviceType.ppmid },
    { deviceId: ihd, deviceType: deviceType.type2 },
  ])
  const source = { watts: 1234, topUps: 0, result: 0 }
  const receiver = serve(device, source, [
    servedCluster<typeof source, typeof metering>(metering, {
      attributes: { instantaneousDemand: ({ watts }) => watts, currentMeterID: () => undefined },
    }),
    servedCluster<typeof source, typeof prepayment>(prepayment, {
      commands: {
        consumerTopUp: {
          from: ['ppmid'],
          messageCode: 0x0116,
          handle(state) {
            state.topUps++
            const fields = { resultType: state.result, topUpValue: 0, sourceOfTopUp: 2, creditRemaining: 0 }
            return { name: 'consumerTopUpResponse', fields }
          },
        },
        getTopUpLog: { from: ['ppmid', 'type2'], handle: () => zclStatus.notFound },
      },
    }),
  ])
  const han = new DirectHan()
  const ports = { meter: han.port(meter), ppmid: han.port(ppmid), ihd: han.port(ihd), stranger: han.port(stranger) }
  han.serve(meter, receiver)
  const log = (name: string): string[] =>
    [...device.log(name).entries()].map(
      ({ code, otherInformation = new Uint8Array(0) }: { code: number; otherInformation?: Uint8Array }) =>
        [code.toString(16), ...otherInformation].join(' '),
    )
  return { device, han, ports, source, log }
}
/** What a request came to. */
function outcomeOf<T>(request: (done: (outcome: HanOutcome<T>) => void) => void): HanOutcome<T> | undefined {
  let found: HanOutcome<T> | undefined
  request((outcome) => (found = outcome))
  return found
}
const topUp = {
  cluster: prepayment,
  name: 'consumerTopUp',
  fields: { originatingDevice: 2, topUpCode: new Uint8Array(20) },
}
const topUpLog = { cluster: prepayment, name: 'getTopUpLog', fields: { latestEndTime: 0, numberOfRecords: 1 } }

describe('a served device', () => {
  it('answers reads with what it has, and leaves out what it has not', () => {
    const { ports } = network()
    const names = ['instantaneousDemand', 'currentMeterID', 'currentBlock']
    expect(outcomeOf((done) => ports.ihd.read(meter, metering, names, done))).toEqual({
      kind: 'answered',
      value: { instantaneousDemand: 1234 },
    })
  })
  it('executes a command of who may send it, and logs it with its message code', () => {
    const { ports, source, log } = network()
    const send = () => outcomeOf((done) => ports.ppmid.command(meter, topUp, 'consumerTopUpResponse', done))
    expect(send()).toMatchObject({ kind: 'answered', value: { resultType: 0 } })
    source.result = 1
    send()
    source.result = 0x12
    send()
    expect(source.topUps).toBe(3)
    expect(log('eventLog.buffer')).toEqual(['8154 1 22', '8155 1 22', '8154 1 22'])
  })
  it('refuses a command of who may not, without an effect', () => {
    const { ports, source, log } = network()
    for (const port of [ports.ihd, ports.stranger])
      expect(outcomeOf((done) => port.command(meter, topUp, 'consumerTopUpResponse', done))).toEqual({
        kind: 'refused',
        status: zclStatus.notAuthorised,
      })
    expect(source.topUps).toBe(0)
    expect(log('securityLog.buffer')).toEqual(['8f3e', '8f3e'])
    expect(log('eventLog.buffer')).toEqual([])
  })
  it('lets nobody use what it does not serve', () => {
    const { ports, log } = network()
    const setLimit = {
      cluster: prepayment,
      name: 'setLowCreditWarningLevel',
      fields: { lowCreditWarningLevel: 0 },
    }
    expect(outcomeOf((done) => ports.ppmid.command(meter, setLimit, undefined, done))).toMatchObject({
      kind: 'refused',
    })
    const getPrice = { cluster: price, name: 'getCurrentPrice', fields: { commandOptions: 0 } }
    expect(outcomeOf((done) => ports.ppmid.command(meter, getPrice, 'publishPrice', done))).toMatchObject({
      kind: 'refused',
    })
    expect(log('securityLog.buffer')).toHaveLength(2)
  })
  it('tells a reader that there is nothing', () => {
    const { ports, log } = network()
    expect(outcomeOf((done) => ports.ihd.command(meter, topUpLog, 'publishTopUpLog', done))).toEqual({
      kind: 'refused',
      status: zclStatus.notFound,
    })
    expect(log('eventLog.buffer')).toEqual([])
  })
  it('does not turn a flood into one of alerts', () => {
    const { device, sent, clock } = testBench([])
    const { command } = serve(device, {}, [])
    for (let i = 0; i < 50; i++) command?.(stranger, topUp)
    expect(sent).toHaveLength(10)
    expect([...device.log('securityLog.buffer').entries()]).toHaveLength(50)
    clock.time += 3600
    command?.(stranger, topUp)
    expect(sent).toHaveLength(11)
  })
  it('refuses a write by a frame of its own', () => {
    const { device } = testBench([])
    const payload = Uint8Array.of(0x00, 0x04, 0x2a, 1, 0, 0)
    const frame = encodeFrame({
      frameControl: frameControl({ cluster: false, fromServer: false }),
      sequence: 9,
      commandId: foundation.writeAttributes.id,
      payload,
    })
    const answer = answerFrame(serve(device, {}, []), ihd, metering.id, frame)
    expect(toHex(answer as Uint8Array)).toBe('1809047e0004')
    expect([...device.log('securityLog.buffer').entries()]).toHaveLength(1)
  })
  it('shares an alert with every display in its log', () => {
    const { device, han, ports } = network()
    const heard: string[] = []
    for (const id of [ppmid, ihd, stranger])
      han.serve(id, {
        published: (from, { name, fields }) => {
          heard.push(`${id === ppmid ? 'ppmid' : id === ihd ? 'ihd' : 'stranger'} ${from} ${name} ${fields['eventId']}`)
          return zclStatus.success
        },
      })
    const { code } = alerts.emergencyCreditHasBecomeAvailable
    shareAlert(device, ports.meter, { code, time: 5 })
    expect(heard).toEqual([`ppmid ${meter} publishEvent ${code}`, `ihd ${meter} publishEvent ${code}`])
  })
})

describe('a network without radio', () => {
  it('says of whom it does not know, or cannot reach, that there is no answer', () => {
    const { han, ports } = network()
    const read = () => outcomeOf((done) => ports.ihd.read(meter, metering, ['instantaneousDemand'], done))
    const nobody = eui64('0000000000000001')
    expect(outcomeOf((done) => ports.ihd.read(nobody, metering, ['status'], done))).toEqual({
      kind: 'failed',
      reason: 'unknownNode',
    })
    han.setReachable(meter, false)
    expect(read()).toEqual({ kind: 'failed', reason: 'unreachable' })
    han.setReachable(meter, true)
    han.setReachable(ihd, false)
    expect(read()).toEqual({ kind: 'failed', reason: 'unreachable' })
    han.setReachable(ihd, true)
    expect(read()).toMatchObject({ kind: 'answered' })
  })
  it('finds a device that starts again where it was', () => {
    const { han, ports } = network()
    han.setReachable(meter, false)
    han.port(meter)
    expect(outcomeOf((done) => ports.ihd.read(meter, metering, ['status'], done))).toMatchObject({ kind: 'failed' })
  })
  it('carries every value of every attribute as its type has it on the wire', () => {
    const rows = [...clusters.values()].flatMap((cluster) =>
      Object.entries(cluster.attributes).map(([name, { type }]) => ({ cluster, name, type })),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        ({ cluster, name, type }, octets) => {
          const value = valueOf(type, octets)
          const han = new DirectHan()
          const port = han.port(ihd)
          const receiver: HanReceiver = { read: () => value }
          han.port(meter)
          han.serve(meter, receiver)
          expect(outcomeOf((done) => port.read(meter, cluster, [name], done))).toEqual({
            kind: 'answered',
            value: { [name]: value },
          })
          const reported: unknown[] = []
          han.serve(meter, { reported: (_from, _cluster, values) => void reported.push(values) })
          port.report(meter, cluster, { [name]: value })
          expect(reported).toEqual([{ [name]: value }])
        },
      ),
    )
  })
  it('gives an answer to any frame, or none', () => {
    const { device } = testBench([])
    const receiver = serve(device, {}, [])
    fc.assert(
      fc.property(
        fc.constantFrom(...clusters.keys(), 0xffff),
        fc.uint8Array({ maxLength: 40 }),
        (clusterId, octets) => {
          const answer = answerFrame(receiver, stranger, clusterId, octets)
          if (answer) expect(answer.length).toBeGreaterThanOrEqual(3)
          else expect(octets.length).toBeLessThan(5)
        },
      ),
    )
  })
})

/** A value of a type: the one that some octets stand for. */
function valueOf(type: number, octets: Uint8Array): any {
  if (type === 0x41 || type === 0x42) return octets
  if (type === 0x27) return 5n
  if (type === 0xf0) return toHex(octets)
  const bits = Number(/\((\d+)\)|(\d+)$/.exec((dataTypes.get(type) as { name: string }).name)?.[2] ?? 16)
  const max = 2 ** Math.min(bits, 40) / 2 - 1
  return (octets[0]! * 2 ** 24 + octets[1]! * 2 ** 16 + octets[2]! * 256 + octets[3]!) % Math.floor(max + 1)
}
