import {
  CCS06,
  CS02a,
  CS07,
  type CommandRequest,
  ECS17a,
  ECS17b,
  ECS21a,
  ECS35a,
  ECS42,
  ECS43,
  ECS44,
  ECS45,
  ECS52,
  GCS13a,
  GCS33,
  remotePartyRole,
} from '@smets2-sim/gbcs'
import { standardSet } from '@smets2-sim/parties'
import { install } from './install.js'
import { creditMode } from './payment-modes.js'
import type { Play } from './play.js'
import type { Scenario } from './scenario.js'
import { deviceOn } from './stage.js'
import { count, cubicMetres, kWh } from '../words.js'

/** How long after the order the payment mode is to change. */
const LATER_S = 6 * 3600
const DAY_S = 86_400

/** What the tour's home is: its registers are read back. */
const electricity = { activeImportWh: 12_345_678, activeExportWh: 250_000 } as const
const gas = { consumptionL: 4_200_000 } as const

/** Every kind of command to every kind of device: installed, read, ordered, dated, forged. */
export const tour: Scenario = {
  title: 'a home is installed, read, commanded and attacked',
  home: { seed: 7, electricity, gas, ppmid: true, ihd: true, hcalcs: true },
  async run(play) {
    await install(play)
    const dated = await orderForLater(play)
    await read(play)
    await command(play)
    await forge(play)
    await executed(play, dated)
  },
}

async function read(play: Play): Promise<void> {
  const { parties, now } = play.stage
  const [esme, gsme, gpf, chf] = (['esme', 'gsme', 'gpf', 'chf'] as const).map((name) =>
    deviceOn(play.stage, name),
  ) as [any, any, any, any]
  const since = { from: now() - DAY_S, to: now() }
  play.transcript.heading('Reading: what is personal comes encrypted')
  await play.command(parties.supplier, 'esme', ECS17b.command({ to: esme }), {
    what: 'read the import registers',
    says: ({ importRegisters }) => kWh(importRegisters.activeImportWh),
    expect: ({ importRegisters }) => importRegisters.activeImportWh >= electricity.activeImportWh,
  })
  await play.command(parties.networkOperator, 'esme', ECS17a.command({ to: esme }), {
    what: 'read the export registers',
    says: ({ activeExportRegisterValue }) => kWh(activeExportRegisterValue),
  })
  await play.command(parties.supplier, 'esme', ECS21a.command({ to: esme, entries: since }), {
    what: 'read the daily read log',
    says: ({ dailyReadLog }) => count(dailyReadLog.length, 'entry', 'entries'),
  })
  await play.command(
    parties.supplier,
    'gsme',
    GCS13a.command({ to: gsme, parts: [{ item: 'readMetering', fields: {} }] }),
    {
      what: 'read the consumption register',
      says: ({ attributes }) => cubicMetres(attributes['currentSummationDelivered'] as bigint),
      expect: ({ attributes }) => Number(attributes['currentSummationDelivered']) >= gas.consumptionL,
    },
  )
  await play.command(
    parties.supplier,
    'gsme',
    GCS33.command({ to: gsme, parts: [{ item: 'readMetering', fields: {} }] }),
    {
      what: 'read the valve and the battery',
      says: ({ attributes }) => `supply status ${String(attributes['supplyStatus'])}`,
    },
  )
  await play.command(parties.accessControlBroker, 'gpf', CS07.command({ to: gpf, value: null }), {
    what: 'read whom it has joined',
    says: ({ entries }) => count(entries?.length ?? 0, 'device'),
    expect: ({ entries }) => entries?.length === 3,
  })
  await play.command(parties.accessControlBroker, 'gpf', whoIsThere(gpf), {
    what: 'read whom it trusts as supplier',
    says: ({ length }) => count(length, 'role'),
    expect: (details) => details.every(({ statusCode }) => statusCode === 0),
  })
  await play.command(parties.accessControlBroker, 'chf', CCS06.command({ to: chf }), { what: 'read its device log' })
  await play.command(parties.accessControlBroker, 'chf', ECS52.command({ to: chf }), {
    what: 'read its firmware version',
  })

  const { id } = standardSet.organisations.filter(({ role }) => role === 'supplier')[1] as { id: any }
  const stranger = parties.party(id) ?? parties.addSupplier(id)
  const asked = ECS21a.command({ to: esme, entries: since })
  await play.answered(stranger, 'esme', ECS21a, () => parties.accessControlBroker.sendFor(stranger, asked), {
    what: 'read the daily read log by the broker',
    who: 'another supplier',
    says: ({ dailyReadLog }) => count(dailyReadLog.length, 'entry', 'entries'),
  })
}

const whoIsThere = (to: any) =>
  CS02a.command({
    to,
    value: {
      authorisingRemotePartyTACell: {
        role: remotePartyRole.accessControlBroker,
        keyUsage: 'keyAgreement',
        cellUsage: 0,
      },
      rolesRequired: [remotePartyRole.supplier],
    },
  })

async function command(play: Play): Promise<void> {
  const { supplier } = play.stage.parties
  const to = deviceOn(play.stage, 'esme')
  play.transcript.heading('Critical commands: signed by the supplier, the response signed by the meter')
  const state = (expected: SupplyState): Promise<unknown> =>
    play.command(supplier, 'esme', ECS45.command({ to }), {
      what: 'read the state of the load switch',
      says: ({ supplyState }) => supplyStates[supplyState] ?? String(supplyState),
      expect: ({ supplyState }) => supplyStates[supplyState] === expected,
    })
  await state('enabled')
  await play.command(supplier, 'esme', ECS43.command({ to }), { what: 'disable the supply' })
  await state('disabled')
  await play.command(supplier, 'esme', ECS44.command({ to }), { what: 'arm the supply' })
  await state('armed')
  await play.command(supplier, 'esme', ECS42.command({ to }), { what: 'enable the supply' })
  await state('enabled')
}
/** By their numbers in class 70. facts 5.9. */
const supplyStates = ['disabled', 'enabled', 'armed'] as const
type SupplyState = (typeof supplyStates)[number]

/** Orders credit mode for later; gives the counter that the alerts will quote. */
async function orderForLater(play: Play): Promise<bigint | undefined> {
  const { supplier } = play.stage.parties
  const to = deviceOn(play.stage, 'esme')
  play.transcript.heading('A command for later')
  const request = creditMode(to, play.stage.now() + LATER_S)
  const response = await play.command(supplier, 'esme', request, {
    what: 'credit mode, six hours from now',
    says: () => 'accepted',
  })
  return response?.message.originatorCounter
}
async function executed(play: Play, counter: bigint | undefined): Promise<void> {
  play.transcript.heading('Six hours later')
  const { supplier } = play.stage.parties
  await play.alert(
    supplier,
    'esme',
    ({ executed: done }) => done?.originatorCounter === counter && done?.useCase === 'ECS02',
    'the dated command is executed',
    2 * LATER_S,
  )
}

async function forge(play: Play): Promise<void> {
  const { supplier, networkOperator } = play.stage.parties
  const to = deviceOn(play.stage, 'esme')
  play.transcript.heading('Forged commands: none may have an effect')
  const genuine = supplier.build(ECS43.command({ to }))
  const damaged = genuine.octets.slice()
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
  await play.refused(
    supplier,
    'esme',
    { ...genuine, octets: damaged },
    {
      what: 'one bit of the MAC is wrong',
      alert: 'trustedSourceAuthenticationFailure',
    },
  )
  const once = supplier.build(ECS42.command({ to }))
  await play.answered(supplier, 'esme', ECS42, async () => supplier.read(once, await supplier.exchange(once)), {
    what: 'enable the supply',
  })
  await play.refused(supplier, 'esme', once, {
    what: 'the same octets a second time',
    alert: 'failedAuthenticationOrAuthorisationNotCoveredByOtherCodes',
  })
  await play.refused(networkOperator, 'esme', networkOperator.build(ECS43.command({ to })), {
    what: 'a party that may not disable supply',
    alert: 'sourceDoesNotHaveAuthorityForCommand',
  })
  const smuggled: CommandRequest<any> = { ...ECS52.command({ to }), payload: ECS43.command({ to }).payload }
  await play.refused(supplier, 'esme', supplier.build(smuggled), {
    what: 'an order inside the code of a read',
    alert: 'sourceDoesNotHaveAuthorityForCommand',
  })
  await play.command(supplier, 'esme', ECS35a.command({ to, eventLog: { from: 0, to: 0xffffffff } }), {
    what: 'read what the meter has written down',
    says: ({ eventLog }) => count(eventLog.length, 'event'),
    expect: ({ eventLog }) => eventLog.length > 0,
  })
}
