import { eui64, eui64Bytes } from '@smets2-sim/bytes'
import { hubLog } from '@smets2-sim/chf'
import { networkOf } from '@smets2-sim/firmware'
import { CCS01, CCS02, ECS17b, ECS21a, ECS22b, ECS42, ECS45 } from '@smets2-sim/gbcs'
import { type OutgoingCommand, type Supplier } from '@smets2-sim/parties'
import { type Commissioners, commissioningPlan } from '../commissioning/plan.js'
import { logNumbers } from '../premises/nodes.js'
import { count, dayAndTime, kWh } from '../words.js'
import { liveADay } from './household.js'
import { install } from './install.js'
import type { Play } from './play.js'
import type { Scenario } from './scenario.js'
import { deviceOn } from './stage.js'
import { unanswered } from './unanswered.js'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const SEED = 16
const DAYS = 2
const HALF_HOURS_OF_A_DAY = 48
const FIRST_REGISTER_WH = 3_000_000
/** The supplier of the other home. */
const OTHER_SUPPLIER = eui64('0253494d00000011')
/** How long the hub of the other home lets the meter try. */
const JOIN_TIMEOUT_S = HOUR_S

/** B14: a meter is taken out of a home and used in another: it is of use there once it is reset, and has forgotten all. */
export const decommission: Scenario = {
  title: 'a meter is taken out of a home, reset, and used in another',
  home: { seed: SEED, electricity: { activeImportWh: FIRST_REGISTER_WH } },
  atHome: true,
  async run(play) {
    const { stage, transcript } = play
    await install(play)
    transcript.clock = () => dayAndTime(stage.now())
    await used(play)
    const former = await takenOut(play)
    await notYetReset(play)
    await reset(play)
    await inUseAgain(play, former)
  },
}

async function used(play: Play): Promise<void> {
  const { stage, transcript, home } = play
  const midnight = (Math.floor(stage.now() / DAY_S) + 1) * DAY_S
  for (let day = 0; day < DAYS; day++) liveADay(home, SEED + day, midnight + day * DAY_S)
  transcript.heading('A home uses the meter')
  await play.passTo(midnight + DAYS * DAY_S + HOUR_S)
  await reads(play, stage.parties.supplier, { days: DAYS + 1, halfHours: (n) => n >= DAYS * HALF_HOURS_OF_A_DAY })
}

/** The home is given up. The supplier has signed a command that somebody keeps. */
async function takenOut(play: Play): Promise<OutgoingCommand> {
  const { stage, transcript, home } = play
  const { accessControlBroker: broker, supplier } = stage.parties
  transcript.heading('It is taken out, and carried to another home, with another hub')
  const kept = supplier.build(ECS42.command({ to: deviceOn(stage, 'esme') }))
  await play.command(
    broker,
    'chf',
    CCS02.command({ to: deviceOn(stage, 'chf'), deviceLog: eui64Bytes(home.esme.id) }),
    {
      what: 'take the meter off the device log',
    },
  )
  await unanswered(play, supplier, 'esme', supplier.build(ECS45.command({ to: deviceOn(stage, 'esme') })), {
    what: 'read the state of the load switch',
    patienceS: HOUR_S,
  })
  home.removeHub()
  home.esme.load({ watts: 0 })
  home.esme.outage()
  await play.passTo(stage.now() + DAY_S)
  // around the meter is another home from now on
  home.replaceHub()
  home.esme.restore()
  return kept
}

/** The hub of the other home would have it, but it belongs to the home that it knows. */
async function notYetReset(play: Play): Promise<void> {
  const { stage, transcript, home } = play
  const { accessControlBroker: broker } = stage.parties
  const gaining = stage.parties.addSupplier(OTHER_SUPPLIER)
  transcript.heading('In the other home, not reset: it does not join, though the hub would have it')
  await play.command(
    broker,
    'chf',
    CCS01.command({
      to: deviceOn(stage, 'chf'),
      deviceLogRegisterDevice: {
        deviceId: eui64Bytes(home.esme.id),
        keyType: 1,
        installCode: stage.site.installCode('esme'),
        deviceType: logNumbers.esme,
      },
      deviceLogJoinTimeoutS: JOIN_TIMEOUT_S,
      deviceLogEnableDisableJoining: true,
    }),
    { what: 'let the electricity meter join' },
  )
  await unanswered(play, gaining, 'esme', gaining.build(ECS45.command({ to: deviceOn(stage, 'esme') })), {
    what: 'read the state of the load switch',
    patienceS: HOUR_S / 2,
    who: 'other supplier',
  })
  await play.alert(
    broker,
    'chf',
    ({ name, from }) => name === 'failureToDeliverRemotePartyMessageToEsme' && from === home.chf.id,
    'tell that the message was not delivered',
    HOUR_S,
  )
  await play.passTo(stage.now() + 2 * JOIN_TIMEOUT_S)
  const [entry] = home.chf.device.items.read(hubLog)
  const hasNoKey = entry?.deviceId === home.esme.id && entry.hashedLinkKey.length === 0
  play.act('hub', 'chf', 'wait for the meter, an hour', hasNoKey ? 'it has not come' : 'it has come', hasNoKey)
}

async function reset(play: Play): Promise<void> {
  const { home, transcript } = play
  const { device } = home.esme
  transcript.heading('It is reset: it forgets its home, and gets the credentials of other parties')
  const used = (): number => home.esme.history().day.prior.reduce((sum, { consumptionWh }) => sum + consumptionWh, 0)
  play.act('workshop', 'esme', 'look at what was used on the days before', kWh(used()), used() > 0)
  home.factoryReset('esme', { supplier: OTHER_SUPPLIER })
  const holder = device.anchors.get('supplier', 'digitalSignature')?.entityId
  const belongsNowhere = networkOf(device) === undefined
  play.act('workshop', 'esme', 'look at its network', belongsNowhere ? 'none' : 'one', belongsNowhere)
  play.act(
    'workshop',
    'esme',
    'look at its supplier',
    holder === OTHER_SUPPLIER ? 'the other one' : 'the former one',
    holder === OTHER_SUPPLIER,
  )
  play.act('workshop', 'esme', 'look at these days after the reset', kWh(used()), used() === 0)
  const entries = [...device.usedLogs().values()].reduce((sum, log) => sum + log.length, 0)
  play.act('workshop', 'esme', 'look at its logs', count(entries, 'entry', 'entries'), entries === 0)
}

async function inUseAgain(play: Play, former: OutgoingCommand): Promise<void> {
  const { stage, transcript } = play
  const { parties } = stage
  const { accessControlBroker, networkOperator, supplier } = parties
  const gaining = parties.party(OTHER_SUPPLIER) as Supplier
  const others: Commissioners = { accessControlBroker, networkOperator, supplier: gaining }
  const to = deviceOn(stage, 'esme')
  transcript.heading('Now it joins, and is installed anew')
  const site = { ...stage.site, now: stage.now(), clockToleranceS: DAY_S }
  for (const phase of commissioningPlan(others, site))
    for (const { party, to: on, request, what, succeeded } of phase) {
      const response = await play.command(party, on, request, { what })
      if (response && !succeeded(response)) transcript.failure(`${what} was not done`)
    }
  await reads(play, gaining, { days: 0, halfHours: (n) => n <= 1 })
  await play.command(gaining, 'esme', ECS42.command({ to }), { what: 'enable the supply', who: 'other supplier' })

  transcript.heading('The former supplier is nobody to it')
  const alert = 'unauthorisedCommunicationAccessAttempted'
  const refused = (command: OutgoingCommand, what: string): Promise<void> =>
    play.refused(supplier, 'esme', command, { what, alert, alerted: gaining })
  await refused(former, 'signed before the meter left')
  await refused(supplier.build(ECS42.command({ to })), 'enable the supply')
  await refused(supplier.build(ECS17b.command({ to })), 'read the import registers')
}

/** What of the past a supplier can read. Registers are the meter's own: they go on. */
async function reads(
  play: Play,
  supplier: Supplier,
  expected: { readonly days: number; readonly halfHours: (halfHours: number) => boolean },
): Promise<void> {
  const to = deviceOn(play.stage, 'esme')
  const entries = { from: 0, to: play.stage.now() }
  const who = supplier.id === OTHER_SUPPLIER ? 'other supplier' : 'supplier'
  await play.command(supplier, 'esme', ECS17b.command({ to }), {
    what: 'read the import registers',
    who,
    says: ({ importRegisters }) => kWh(importRegisters.activeImportWh),
    expect: ({ importRegisters }) => importRegisters.activeImportWh > FIRST_REGISTER_WH,
  })
  await play.command(supplier, 'esme', ECS21a.command({ to, entries }), {
    what: 'read the daily read log',
    who,
    says: ({ dailyReadLog }) => count(dailyReadLog.length, 'day'),
    expect: ({ dailyReadLog }) => dailyReadLog.length === expected.days,
  })
  await play.command(supplier, 'esme', ECS22b.command({ to, entries }), {
    what: 'read the profile',
    who,
    says: ({ importProfileLog }) => count(importProfileLog.length, 'half hour'),
    expect: ({ importProfileLog }) => expected.halfHours(importProfileLog.length),
  })
}
