import { eui64, type Eui64 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { ECS17b, ECS42, ECS45 } from '@smets2-sim/gbcs'
import { commission, deviceOn, type DeviceName, type Play, type Scenario } from '@smets2-sim/home'
import type { RemoteParty, Supplier } from '@smets2-sim/parties'
import { billingEntryIn } from './billing-entry.js'
import { creditModeNow } from './credit-mode.js'
import { allReplaced, isPending, replaceParty } from './credentials-order.js'

const HOUR_S = 3600
const SECOND = eui64('0253494d00000011')
const THIRD = eui64('0253494d00000012')
/** Devices with credentials of a supplier. */
const concerned = ['esme', 'gsme', 'gpf'] as const satisfies readonly DeviceName[]

/** B3: three suppliers, one after the other; each is heard from its first day on and not before, and no longer after its last. */
export const changeOfSupplier: Scenario = {
  title: 'a home changes its supplier, and changes again',
  home: { seed: 9, electricity: { activeImportWh: 4_321_000 }, gas: { consumptionL: 1_000_000 } },
  async run(play) {
    const { parties } = play.stage
    await install(play)
    const [first, second, third] = [parties.supplier, parties.addSupplier(SECOND), parties.addSupplier(THIRD)]
    await changeAtADate(play, first, second)
    await callOff(play, second, third)
    await changeNow(play, first, second, third)
  },
}

async function install({ stage, transcript }: Play): Promise<void> {
  transcript.heading('A home with a supplier')
  await commission(stage.parties, { ...stage.site, now: stage.now(), clockToleranceS: 24 * HOUR_S })
}

const order = ({ stage }: Play, on: DeviceName, to: Supplier, at?: number | 'cancel') =>
  replaceParty({
    to: deviceOn(stage, on),
    mode: 'supplierByTransCoS',
    party: to.identity,
    smki: stage.site.smki,
    topUps: true,
    ...(at !== undefined && { at }),
  })
const esmeOf = ({ stage }: Play): Eui64 => deviceOn(stage, 'esme')

/** A supplier is heard. */
async function heard(play: Play, supplier: RemoteParty, who: string): Promise<void> {
  const to = esmeOf(play)
  await play.command(supplier, 'esme', ECS17b.command({ to }), { what: 'read the import registers', who })
  await play.command(supplier, 'esme', ECS45.command({ to }), { what: 'read the state of the load switch', who })
}
/** A supplier that is not the home's: nothing it sends has an effect, and the meter tells the one that is. */
async function notHeard(play: Play, stranger: RemoteParty, supplier: RemoteParty, what: string): Promise<void> {
  await play.refused(stranger, 'esme', stranger.build(ECS42.command({ to: esmeOf(play) })), {
    what,
    alert: 'unauthorisedCommunicationAccessAttempted',
    alerted: supplier,
  })
}

async function changeAtADate(play: Play, first: Supplier, second: Supplier): Promise<void> {
  const { stage, transcript } = play
  const { transitionalCoS } = stage.parties
  const start = stage.now() + 6 * HOUR_S
  transcript.heading('The customer chooses another supplier, from six hours on')
  for (const on of concerned)
    await play.command(transitionalCoS, on, order(play, on, second, start), {
      what: 'a new supplier at a date',
      says: () => 'accepted',
      expect: isPending,
    })
  await heard(play, first, 'the old supplier')
  await notHeard(play, second, first, 'the new supplier before its date')

  transcript.heading('The date')
  await play.alert(
    transitionalCoS,
    'esme',
    ({ executed, from }) => from === esmeOf(play) && executed?.useCase === 'CS02b',
    'the order is executed',
    7 * HOUR_S,
  )
  await oneReading(play, first, second)
  await notHeard(play, first, second, 'the old supplier after the date')
  await heard(play, second, 'the new supplier')
  await play.command(second, 'esme', creditModeNow(esmeOf(play)), {
    what: 'credit mode',
    who: 'the new supplier',
  })
}

/** Both get the same entry of the billing data log, each under its own key. */
async function oneReading(play: Play, losing: Supplier, gaining: Supplier): Promise<void> {
  const { stage, transcript } = play
  const newest = (party: RemoteParty) =>
    [...party.alerts].reverse().find(({ name, from }) => name === 'billingDataLogUpdated' && from === esmeOf(play))
  await stage.until(() => newest(losing) !== undefined && newest(gaining) !== undefined, HOUR_S)
  const entries = [losing, gaining].map((party) => {
    const alert = newest(party)
    return alert && billingEntryIn(native, party, alert)
  })
  if (!entries[0] || JSON.stringify(entries[0]) !== JSON.stringify(entries[1]))
    return transcript.failure('the two suppliers did not get one and the same reading')
  transcript.row({
    useCase: 'ECS68',
    who: 'electricity meter',
    to: 'both suppliers',
    what: 'the reading at the change',
    outcome: `${entries[0].activeImportWh} Wh (signed, decrypted by each)`,
  })
}

async function callOff(play: Play, second: Supplier, third: Supplier): Promise<void> {
  const { stage, transcript } = play
  const { transitionalCoS } = stage.parties
  transcript.heading('A second change is ordered, and called off')
  await play.command(transitionalCoS, 'esme', order(play, 'esme', third, stage.now() + HOUR_S), {
    what: 'a third supplier in an hour',
    says: () => 'accepted',
    expect: isPending,
  })
  await play.command(transitionalCoS, 'esme', order(play, 'esme', third, 'cancel'), {
    what: 'not after all',
    says: () => 'accepted',
    expect: isPending,
  })
  await stage.until(() => false, 2 * HOUR_S)
  await heard(play, second, 'the new supplier')
}

async function changeNow(play: Play, first: Supplier, second: Supplier, third: Supplier): Promise<void> {
  const { transitionalCoS } = play.stage.parties
  play.transcript.heading('A second change, at once')
  for (const on of concerned)
    await play.command(transitionalCoS, on, order(play, on, third), {
      what: 'a third supplier now',
      expect: allReplaced,
    })
  await oneReading(play, second, third)
  await heard(play, third, 'the third supplier')
  await notHeard(play, second, third, 'the second supplier after its last day')
  await notHeard(play, first, third, 'the first one')
}
