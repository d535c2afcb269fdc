import { equalBytes, eui64, type Eui64 } from '@smets2-sim/bytes'
import { hubDeviceType, hubLog } from '@smets2-sim/chf'
import { alerts, CCS03, CCS06, CCS07, CS07, ECS17b, ECS35a, ECS42, ECS52, GCS13a, GCS33 } from '@smets2-sim/gbcs'
import { newProxyPlan, type ProxyLog } from '../commissioning/new-proxy.js'
import { count, cubicMetres, dayAndTime, kWh } from '../words.js'
import { install } from './install.js'
import type { Play } from './play.js'
import type { Scenario } from './scenario.js'
import { deviceOn } from './stage.js'
import { unanswered } from './unanswered.js'

const HOUR_S = 3600
const FIRST_LITRES = 4_200_000
/** Until a device that slept has noticed that its hub is gone, and has found the one that took its place. */
const PATIENCE_S = 4 * HOUR_S

/** What a party kept of the hub before it broke. */
interface Backup {
  readonly extendedPanId: Uint8Array
  readonly devices: readonly { readonly deviceId: Uint8Array; readonly hashedLinkKey: Uint8Array }[]
  readonly proxyLog: ProxyLog
  readonly proxy: Eui64
}

/** B12: a hub breaks, another one takes its place, and nobody joins again. */
export const hubReplacement: Scenario = {
  title: 'a hub breaks, and another one takes its place',
  home: {
    seed: 15,
    electricity: { activeImportWh: 1000 },
    gas: { consumptionL: FIRST_LITRES },
    ppmid: true,
    hcalcs: true,
  },
  atHome: true,
  async run(play) {
    const { stage, transcript } = play
    await install(play)
    transcript.clock = () => dayAndTime(stage.now())
    const backup = await backedUp(play)
    await broken(play)
    await fitted(play)
    await restored(play, backup)
    await proxyReplaced(play, backup)
    await worksAgain(play)
  },
}

async function backedUp(play: Play): Promise<Backup> {
  const { stage, transcript, home } = play
  const { accessControlBroker: broker, supplier } = stage.parties
  transcript.heading('Before: the broker keeps what a new hub would need')
  await play.passTo(stage.now() + 2 * HOUR_S)
  await play.command(supplier, 'gsme', readGas(play), { what: 'read the consumption register', says: litresOf })
  play.act('somebody', 'gpf', 'look at what it knows of the meter', profileOf(play), halfHours(play) > 0)
  const proxyLog = await play.command(broker, 'gpf', CS07.command({ to: deviceOn(stage, 'gpf'), value: null }), {
    what: 'read whom it has joined',
    says: ({ entries }) => count(entries?.length ?? 0, 'device'),
    expect: ({ entries }) => entries?.length === 2,
  })
  let devices: Backup | undefined
  await play.command(broker, 'chf', readLogs(deviceOn(stage, 'chf')), {
    what: 'back its device log up',
    says: (_value, { items }) => {
      devices = items[0]?.value as Backup
      return `${count(devices.devices.length, 'device')}, each with the hash of its link key`
    },
  })
  const backup = devices as Backup
  if (backup.devices.length !== 4 || backup.devices.some(({ hashedLinkKey }) => hashedLinkKey.length !== 16))
    transcript.failure('the backup has not a key for each of 4 devices')
  const changed = broker.alerts.filter(({ name }) => name === 'chfDeviceLogChanged').length
  play.act('hub', 'chf', 'tell the broker of each change as well', count(changed, 'alert'), changed >= 8)
  return { ...backup, proxyLog: proxyLog?.value.entries ?? [], proxy: home.gpf.id }
}

async function broken(play: Play): Promise<void> {
  const { home, stage, transcript } = play
  const { supplier } = stage.parties
  transcript.heading('The hub breaks')
  home.removeHub()
  play.act(
    'hub',
    'esme',
    'fall silent: what the meter writes down',
    lastEvent(play),
    lastEvent(play) === 'CH Disconnected from ESME',
  )
  const command = supplier.build(ECS52.command({ to: deviceOn(stage, 'esme') }))
  await unanswered(play, supplier, 'esme', command, { what: 'read its firmware version', patienceS: HOUR_S })
  await play.passTo(stage.now() + 2 * HOUR_S)
}

async function fitted(play: Play): Promise<void> {
  const { home, stage, transcript } = play
  const { accessControlBroker: broker, supplier } = stage.parties
  transcript.heading('Another hub is fitted: it has its own identity, and its own gas proxy')
  home.replaceHub()
  play.act(
    'installer',
    'esme',
    'fit the hub: what the meter writes down',
    lastEvent(play),
    lastEvent(play) === 'CH Connected to ESME',
  )
  await play.alert(
    broker,
    'chf',
    ({ name, from }) => name === 'deviceCommissioned' && from === home.chf.id,
    'make itself ready',
    HOUR_S,
  )
  await play.command(broker, 'chf', CCS06.command({ to: deviceOn(stage, 'chf') }), {
    what: 'read its device log',
    says: ({ deviceLog }) => count(deviceLog.length, 'device'),
    expect: ({ deviceLog }) => deviceLog.length === 0,
  })
  const command = supplier.build(ECS52.command({ to: deviceOn(stage, 'esme') }))
  await unanswered(play, supplier, 'esme', command, { what: 'read its firmware version', patienceS: HOUR_S })
  play.act('somebody', 'gpf', 'look at what it knows of the meter', profileOf(play), halfHours(play) === 0)
}

async function restored(play: Play, { extendedPanId, devices }: Backup): Promise<void> {
  const { home, stage, transcript } = play
  const { accessControlBroker: broker } = stage.parties
  const to = deviceOn(stage, 'chf')
  transcript.heading('The broker gives it the log of the former one: nobody joins again')
  const pan = { extendedPanId, devices: [...devices] }
  await play.command(broker, 'chf', CCS03.command({ to, deviceLog: pan }), { what: 'restore the device log' })
  // who has come back has said what it is, which no backup tells
  const here = (): number =>
    home.chf.device.items.read(hubLog).filter(({ deviceType }) => deviceType !== hubDeviceType.unknown).length
  const since = stage.now()
  await stage.until(() => here() === devices.length, PATIENCE_S)
  const minutes = Math.max(1, Math.ceil((stage.now() - since) / 60))
  play.act(
    'devices',
    'chf',
    'come back by themselves',
    `${count(here(), 'device')} within ${count(minutes, 'minute')}`,
    here() === devices.length,
  )
  const log = home.chf.device.items.read(hubLog)
  const asked = log.some(({ installCode }) => installCode.length > 0)
  const isSame = devices.every(({ deviceId }) => log.some((one) => one.deviceId === eui64(deviceId)))
  play.act('somebody', 'chf', 'look for install codes in its log', asked ? 'there are' : 'none', !asked && isSame)
  const isSamePan = (
    await play.command(broker, 'chf', readLogs(to), {
      what: 'back the log up again',
      says: (_value, { items }) => count((items[0]?.value as Backup).devices.length, 'device'),
      expect: () => true,
    })
  )?.items[0]?.value as Backup | undefined
  if (!isSamePan || !equalBytes(isSamePan.extendedPanId, extendedPanId)) transcript.failure('it is another network')
}

async function proxyReplaced(play: Play, { proxy, proxyLog }: Backup): Promise<void> {
  const { stage, transcript } = play
  transcript.heading('The gas proxy: its log, its parties, and those who worked with the former one')
  const site = { ...stage.site, now: stage.now() }
  for (const { party, to, request, what, succeeded } of newProxyPlan(stage.parties, site, proxy, proxyLog)) {
    const response = await play.command(party, to, request, { what })
    if (response && !succeeded(response)) transcript.failure(`${what} was not done`)
  }
}

async function worksAgain(play: Play): Promise<void> {
  const { stage, transcript } = play
  const { supplier, networkOperator, accessControlBroker: broker } = stage.parties
  const to = (name: 'esme' | 'gsme' | 'gpf' | 'ppmid' | 'hcalcs') => deviceOn(stage, name)
  transcript.heading('Everything is as it was')
  await play.command(supplier, 'esme', ECS17b.command({ to: to('esme') }), {
    what: 'read the import registers',
    says: ({ importRegisters }) => kWh(importRegisters.activeImportWh),
  })
  await play.command(supplier, 'esme', ECS42.command({ to: to('esme') }), { what: 'enable the supply' })
  await play.command(networkOperator, 'esme', ECS52.command({ to: to('esme') }), { what: 'read its firmware version' })
  await play.command(supplier, 'gsme', readGas(play), { what: 'read the consumption register', says: litresOf })
  await play.command(
    supplier,
    'gsme',
    GCS33.command({ to: to('gsme'), parts: [{ item: 'readMetering', fields: {} }] }),
    {
      what: 'read the valve and the battery',
    },
  )
  await play.command(broker, 'ppmid', CS07.command({ to: to('ppmid'), value: null }), {
    what: 'read whom it has joined',
  })
  await play.command(supplier, 'hcalcs', CS07.command({ to: to('hcalcs'), value: null }), {
    what: 'read whom it has joined',
  })
  await play.command(broker, 'gpf', CS07.command({ to: to('gpf'), value: null }), {
    what: 'read whom it has joined',
    says: ({ entries }) => count(entries?.length ?? 0, 'device'),
    expect: ({ entries }) => entries?.length === 2,
  })
  const events = [alerts.chDisconnectedFromEsme.code, alerts.chConnectedToEsme.code]
  await play.command(supplier, 'esme', ECS35a.command({ to: to('esme'), eventLog: { from: 0, to: stage.now() } }), {
    what: 'read what the meter has written down',
    says: ({ eventLog }) => count(eventLog.length, 'event'),
    expect: ({ eventLog }) => events.every((code) => eventLog.some((one) => one.code === code)),
  })
  await play.passTo(stage.now() + 2 * HOUR_S)
  play.act('somebody', 'gpf', 'look at what it knows of the meter', profileOf(play), halfHours(play) > 0)
  const { home } = play
  void home.ppmid.screen
  await play.passTo(stage.now() + 60)
  const { registerLitres = NaN } = home.ppmid.screen.gas
  play.act(
    'somebody',
    'ppmid',
    'look at the register of gas',
    cubicMetres(registerLitres),
    registerLitres === FIRST_LITRES,
  )
}

const readLogs = (to: Eui64) => CCS07.command({ to, deviceLog: null, historicDeviceLog: null })
const readGas = ({ stage }: Play) =>
  GCS13a.command({ to: deviceOn(stage, 'gsme'), parts: [{ item: 'readMetering', fields: {} }] })
const litresOf = ({ attributes }: { readonly attributes: Readonly<Record<string, unknown>> }): string =>
  cubicMetres(attributes['currentSummationDelivered'] as bigint)
const halfHours = ({ home }: Play): number => home.gpf.log('sampledData.profile').length
const profileOf = (play: Play): string => count(halfHours(play), 'half hour')
/** What the meter has written down last. */
function lastEvent({ home }: Play): string {
  const code = home.esme.log('eventLog.buffer').at(-1)?.code as number | undefined
  return Object.values(alerts).find((row) => row.code === code)?.title ?? 'nothing'
}
