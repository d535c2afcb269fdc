import { eui64 } from '@smets2-sim/bytes'
import { type Device, setDeviceLog, supplierContact } from '@smets2-sim/firmware'
import { takePushes } from '../../../packages/firmware/src/gas/bench.fixture.js'
import {
  alerts,
  alertMessageCode,
  type AlertName,
  encodeGbzAlert,
  encodeGbzExecution,
  encodeMessage,
  GCS25,
  GCS44,
  type MessageBody,
} from '@smets2-sim/gbcs'
import { deviceManagement } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { meterBench, meterId, START } from '../../gsme/src/bench.fixture.js'
import { gasBench, type GasBench, parties } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { contact, exchange } from './tap-off.fixture.js'
import { gpf, receivePush, tapOff, tapOffAlert, tapOffOverdue } from './index.js'

const DAY_S = 86_400
const FAILURE = alerts.tapOffMessageResponseOrAlertFailure.code

function proxyBench(): GasBench {
  const bench = gasBench(gpf, eui64('00db1234567890a3'), {}, START)
  setDeviceLog(bench.device, [{ deviceId: meterId, deviceType: 0 }])
  return bench
}
const events = (device: Device): { code: number; said: string }[] =>
  [...device.log('eventLog.buffer').entries()].map(
    ({ code, otherInformation }: { code: number; otherInformation: Uint8Array }) => ({
      code,
      said: Buffer.from(otherInformation).toString('hex'),
    }),
  )
const failures = (device: Device): number => events(device).filter(({ code }) => code === FAILURE).length

/** What a meter sends in a day in which its billing period ends: the alert about that, and what it leaves for its proxy. */
function billedDay() {
  const sent: Uint8Array[] = []
  const meter = meterBench({ link: { send: (message) => void sent.push(message) } })
  meter.send(
    GCS25.command({
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
    }),
  )
  takePushes(meter.device)
  sent.length = 0
  meter.advance(DAY_S)
  const [alert] = sent
  if (!alert) throw new Error('the meter told nothing of its billing period')
  return { alert, pushes: takePushes(meter.device) }
}

describe('an alert about the billing data log', () => {
  it('is logged as tapped when the meter has brought the entry that it speaks of', () => {
    const { alert, pushes } = billedDay()
    const proxy = proxyBench()
    proxy.advance(DAY_S)
    expect(tapOffAlert(proxy.device, alert)).toBe('applied')
    expect(events(proxy.device)).toEqual([])
    for (const push of pushes) receivePush(proxy.device, push)
    expect([...proxy.device.log('snapshots.billing').entries()]).toMatchObject([{ time: START + DAY_S, cause: 2 }])
    expect(events(proxy.device)).toEqual([{ code: 0x8154, said: '008b' }])
    proxy.advance(DAY_S)
    expect(tapOffOverdue(proxy.device)).toBe('ignored')
    expect(failures(proxy.device)).toBe(0)
  })
  it('is logged as tapped at once when the entry is there already', () => {
    const { alert, pushes } = billedDay()
    const proxy = proxyBench()
    for (const push of pushes) receivePush(proxy.device, push)
    expect(tapOffAlert(proxy.device, alert)).toBe('applied')
    expect(events(proxy.device)).toEqual([{ code: 0x8154, said: '008b' }])
  })
  it('is a failure, once, when the entry does not come', () => {
    const { alert } = billedDay()
    const proxy = proxyBench()
    proxy.advance(DAY_S)
    // both suppliers of a change are told of one entry
    tapOffAlert(proxy.device, alert)
    tapOffAlert(proxy.device, alert)
    proxy.advance(3599)
    expect(tapOffOverdue(proxy.device)).toBe('ignored')
    proxy.advance(1)
    expect([tapOffOverdue(proxy.device), tapOffOverdue(proxy.device)]).toEqual(['failed', 'ignored'])
    expect(failures(proxy.device)).toBe(1)
  })
  it('is a failure when it cannot be read, or publishes something else', () => {
    const { alert } = billedDay()
    const proxy = proxyBench()
    for (const octets of [
      alert.subarray(0, alert.length - 1),
      Uint8Array.of(1, 2, 3),
      alertOf('billingDataLogUpdated', Uint8Array.of(0)),
    ])
      expect(tapOffAlert(proxy.device, octets)).toBe('failed')
    expect(failures(proxy.device)).toBe(3)
  })
  it('of a meter that the proxy has not joined is none of its business', () => {
    const { alert } = billedDay()
    const proxy = gasBench(gpf, eui64('00db1234567890a3'), {}, START)
    expect(tapOffAlert(proxy.device, alert)).toBe('ignored')
    proxy.advance(DAY_S)
    expect(tapOffOverdue(proxy.device)).toBe('ignored')
  })
})

/** An alert of the meter; its signature is for the supplier, and none of the proxy's business. */
function alertOf(name: AlertName, content: Uint8Array): Uint8Array {
  const body: MessageBody = {
    kind: 'alert',
    originatorCounter: 1n,
    originator: meterId,
    target: parties.supplier.id,
    otherInformation: { messageCode: alertMessageCode(alerts[name], 'gbz') },
    content: encodeGbzAlert({ alertCode: alerts[name].code, time: START, content }),
  }
  return encodeMessage(body)
}
const { publishChangeOfSupplier } = deviceManagement.toClient
/** The meter says that the dated command with this counter was executed, or was not. */
const wordOf = (succeeded: boolean, originatorCounter: bigint): Uint8Array =>
  alertOf(
    succeeded
      ? 'futureDateHanInterfaceCommandSuccessfullyActioned'
      : 'futureDateHanInterfaceCommandNotSuccessfullyActioned',
    encodeGbzExecution({
      messageCode: GCS44.code,
      originatorCounter,
      clusterId: deviceManagement.id,
      frameControl: 0x09,
      commandId: publishChangeOfSupplier.id,
    }),
  )

describe('the word of a dated command', () => {
  const dated = (name: string, counter: bigint, proxy: GasBench): void => {
    const { command, response } = exchange(contact(name, START + 3600), counter)
    tapOff(proxy.device, command, response)
  }
  const name = ({ device }: GasBench): string => new TextDecoder().decode(device.items.read(supplierContact).name)

  it('of success makes the copy follow, once', () => {
    const proxy = proxyBench()
    dated('new', 1n, proxy)
    proxy.advance(3599)
    expect(tapOffAlert(proxy.device, wordOf(true, 2n))).toBe('ignored')
    expect(name(proxy)).toBe('')
    expect(tapOffAlert(proxy.device, wordOf(true, 1n))).toBe('applied')
    expect(name(proxy)).toBe('new')
    expect(tapOffAlert(proxy.device, wordOf(true, 1n))).toBe('ignored')
    expect(failures(proxy.device)).toBe(0)
  })
  it('of success after its time finds the copy as it should be', () => {
    const proxy = proxyBench()
    dated('new', 1n, proxy)
    proxy.advance(3600)
    expect(name(proxy)).toBe('new')
    expect(tapOffAlert(proxy.device, wordOf(true, 1n))).toBe('applied')
    expect(failures(proxy.device)).toBe(0)
  })
  it('of failure leaves the copy as it is', () => {
    const proxy = proxyBench()
    dated('new', 1n, proxy)
    expect(tapOffAlert(proxy.device, wordOf(false, 1n))).toBe('ignored')
    proxy.advance(7200)
    expect(name(proxy)).toBe('')
    expect(failures(proxy.device)).toBe(0)
  })
  it('of failure that comes when the copy has already changed is a failure of the copy', () => {
    const proxy = proxyBench()
    dated('new', 1n, proxy)
    proxy.advance(3600)
    expect(tapOffAlert(proxy.device, wordOf(false, 1n))).toBe('failed')
    expect(failures(proxy.device)).toBe(1)
  })
  it('is waited for no longer than a day', () => {
    const proxy = proxyBench()
    dated('new', 1n, proxy)
    proxy.advance(3600 + DAY_S)
    expect(tapOffAlert(proxy.device, wordOf(false, 1n))).toBe('ignored')
  })
})
