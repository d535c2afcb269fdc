import { eui64, toLatin1 } from '@smets2-sim/bytes'
import { fromIso } from '@smets2-sim/cosem'
import { han, type HanFields, type HanOutcome } from '@smets2-sim/firmware'
import { deviceType } from '@smets2-sim/gbcs'
import {
  calendar,
  type Cluster,
  clusters,
  deviceManagement,
  messaging,
  metering,
  prepayment,
  price,
} from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { ServedGpf } from './home.fixture.js'
import { gasServers } from './index.js'

const ids = { gpf: eui64('00db1234567890b0'), ppmid: eui64('00db1234567890d0'), ihd: eui64('00db1234567890e0') }

function served() {
  const clock = { time: fromIso('2026-03-01T00:00:00Z'), now: () => clock.time }
  const network = new han.DirectHan()
  const gpf = new ServedGpf(network, clock, ids.gpf, [
    { deviceId: ids.ppmid, deviceType: deviceType.ppmid },
    { deviceId: ids.ihd, deviceType: deviceType.type2 },
  ])
  const port = network.port(ids.ppmid)
  const read = (cluster: Cluster, ...names: string[]): unknown => {
    let found: unknown
    port.read(ids.gpf, cluster, names, (outcome) => (found = outcome.kind === 'answered' ? outcome.value : outcome))
    return found
  }
  const ask = (cluster: Cluster, name: string, fields: HanFields, response?: string): unknown => {
    let found: HanOutcome<HanFields> | undefined
    port.command(ids.gpf, { cluster, name, fields }, response, (outcome) => (found = outcome))
    return found?.kind === 'answered' ? found.value : found
  }
  return { clock, network, gpf, read, ask }
}
const REFUSED = { kind: 'refused', status: 0x7e }
const NOT_FOUND = { kind: 'refused', status: 0x8b }

describe('a gas proxy', () => {
  it('serves what is in the tables of the clusters only', () => {
    for (const { cluster, attributes, commands } of gasServers) {
      const table = clusters.get(cluster.id) as Cluster
      for (const name of Object.keys(attributes)) expect(table.attributes).toHaveProperty(name)
      for (const name of Object.keys(commands)) expect(table.toServer).toHaveProperty(name)
    }
  })
  it('has no value before the gas meter has told it', () => {
    const { gpf, read } = served()
    expect(read(metering, 'currentSummationDelivered', 'supplyStatus', 'readingSnapshotTime')).toEqual({})
    gpf.mirror(7, { metering: { currentSummationDelivered: 500, supplyStatus: 2 } })
    expect(read(metering, 'currentSummationDelivered', 'supplyStatus', 'readingSnapshotTime')).toEqual({
      currentSummationDelivered: 500,
      supplyStatus: 2,
      readingSnapshotTime: 7,
    })
  })
  it('answers reads of the tariff as it does to parties outside', () => {
    const { gpf, ask } = served()
    gpf.price = { millipence: 7_000, label: 'Cosy' }
    expect(ask(price, 'getCurrentPrice', { commandOptions: 0 }, 'publishPrice')).toMatchObject({ price: 7_000 })
    const from = { earliestStartTime: 0, minIssuerEventId: 0, numberOfCalendars: 1, calendarType: 0, providerId: 0 }
    // this bench has no calendar at all
    expect(ask(calendar, 'getCalendar', from, 'publishCalendar')).toEqual({ kind: 'refused', status: 0x81 })
  })
  it('names the supplier and has its message', () => {
    const { gpf, read, ask } = served()
    const { providerName } = read(deviceManagement, 'providerName') as { providerName: Uint8Array }
    expect(toLatin1(providerName)).toBe('Gas & Co')
    const confirm = (messageId: number) => ask(messaging, 'messageConfirmation', { messageId, confirmationTime: 0 })
    expect(ask(messaging, 'getLastMessage', {}, 'displayMessage')).toEqual(NOT_FOUND)
    gpf.gasMessage = { messageId: 3, text: Uint8Array.of(72, 105), from: 10, until: 10 + 90 }
    expect(ask(messaging, 'getLastMessage', {}, 'displayMessage')).toMatchObject({
      messageId: 3,
      startTime: 10,
      durationInMinutes: 2,
      message: Uint8Array.of(72, 105),
    })
    expect([confirm(3), confirm(4)]).toEqual([{}, NOT_FOUND])
  })
  it('takes no command for the gas meter: neither top-up, emergency credit nor supply', () => {
    const { ask, read } = served()
    const topUp = { originatingDevice: 2, topUpCode: new Uint8Array(20) }
    const select = { commandIssueDateTime: 0, originatingDevice: 2 }
    expect(ask(prepayment, 'consumerTopUp', topUp, 'consumerTopUpResponse')).toEqual(REFUSED)
    expect(ask(prepayment, 'selectAvailableEmergencyCredit', select)).toEqual(REFUSED)
    expect(ask(metering, 'localChangeSupply', { proposedSupplyStatus: 2 })).toEqual(REFUSED)
    expect(read(prepayment, 'topUpCode1')).toEqual({})
  })
  it('tells its displays, and nobody else, when it has heard from the gas meter', () => {
    const { network, gpf } = served()
    const heard: unknown[] = []
    network.port(ids.ihd)
    for (const [name, id] of Object.entries(ids))
      if (id !== ids.gpf) network.serve(id, { reported: (_from, _cluster, values) => void heard.push([name, values]) })
    gpf.announce()
    expect(heard).toEqual([])
    gpf.mirror(1800, {})
    gpf.announce()
    expect(heard).toEqual([
      ['ppmid', { readingSnapshotTime: 1800 }],
      ['ihd', { readingSnapshotTime: 1800 }],
    ])
  })
})
