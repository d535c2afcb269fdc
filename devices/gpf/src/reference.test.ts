import { eui64, toHex } from '@smets2-sim/bytes'
import { setDeviceLog } from '@smets2-sim/firmware'
import { backupLogAlert, decodeAsn1, fromGeneralizedTime } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds } from '../../../packages/gbcs/src/rtds.fixture.js'
import { exchangesOf, lonelyAlert, play, referenceBench } from '../../../packages/firmware/src/gas/reference.fixture.js'
import { gpf } from './index.js'

const exchanges = rtds ? exchangesOf('00db1234567890a3') : []

describe.skipIf(!rtds)('the reference exchanges of a gas proxy', () => {
  it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', (_name, exchange) => {
    expect(play(gpf, exchange).result).toBe('identical')
  })
})

it.skipIf(!rtds)('backs its device log up as in the reference alert', () => {
  const { message, bytes } = lonelyAlert('GCS62_NA_8071')
  const { backupDateTime, entries } = decodeAsn1(backupLogAlert, message.content).value
  const { device, sent } = referenceBench(gpf, message.originator, fromGeneralizedTime(backupDateTime))
  device.counters.own = message.originatorCounter - 1n
  setDeviceLog(
    device,
    entries.map(({ deviceId, deviceType }) => ({ deviceId: eui64(deviceId), deviceType })),
  )
  device.profile.deviceLogChanged?.(device)
  expect(sent.map((octets) => toHex(octets))).toEqual([toHex(bytes)])
})
