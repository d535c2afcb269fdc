import { eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { native } from '@smets2-sim/crypto'
import { commission, deviceOn, type DeviceName, type Play, type Scenario } from '@smets2-sim/home'
import type { RemoteParty, Supplier } from '@smets2-sim/parties'
import { allReplaced, isPending, replaceParty } from './credentials-order.js'
import { type Fuel, fuels } from './fuels.js'

const HOUR_S = 3600
const SECOND = eui64('0253494d00000011')
const THIRD = eui64('0253494d00000012')
/** Devices with credentials of a supplier. */
const concerned = ['esme', 'gsme', 'gpf'] as const satisfies readonly DeviceName[]

/** B3: three suppliers, one after the other; each is heard from its first day on and not before, and no longer after its last. Of either fuel. */
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

/** A supplier is heard. */
async function heard(play: Play, supplier: RemoteParty, who: string): Promise<void> {
  for (const { meter, reads } of fuels)
    for (const [what, request] of reads(deviceOn(play.stage, meter)))
      await play.command(supplier, meter, request, { what, who })
}
/** A supplier that is not the home's: nothing it sends has an effect, and the meters tell the one that is. */
async function notHeard(play: Play, stranger: RemoteParty, supplier: RemoteParty, what: string): Promise<void> {
  for (const { meter, supply } of fuels)
    await play.refused(stranger, meter, stranger.build(supply(deviceOn(play.stage, meter))), {
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
  for (const { meter } of fuels)
    await play.alert(
      transitionalCoS,
      meter,
      ({ executed, from }) => from === deviceOn(stage, meter) && executed?.useCase === 'CS02b',
      'the order is executed',
      7 * HOUR_S,
    )
  await oneReading(play, first, second, start)
  await notHeard(play, first, second, 'the old supplier after the date')
  await heard(play, second, 'the new supplier')
  for (const { meter, creditMode } of fuels)
    await play.command(second, meter, creditMode(deviceOn(stage, meter), stage.now()), {
      what: 'credit mode',
      who: 'the new supplier',
    })
}

/** Both get the same entry of the billing data log, each under its own key: taken at a time, where that is known. */
async function oneReading(play: Play, losing: Supplier, gaining: Supplier, at?: UtcSeconds): Promise<void> {
  for (const fuel of fuels) await oneReadingOf(play, fuel, [losing, gaining], at)
}
async function oneReadingOf(
  { stage, transcript }: Play,
  { meter, title, billing }: Fuel,
  both: readonly [Supplier, Supplier],
  at?: UtcSeconds,
): Promise<void> {
  const newest = (party: RemoteParty) =>
    [...party.alerts]
      .reverse()
      .find(({ name, from }) => name === 'billingDataLogUpdated' && from === deviceOn(stage, meter))
  await stage.until(() => both.every((party) => newest(party) !== undefined), HOUR_S)
  const [ofLosing, ofGaining] = both.map((party) => {
    const alert = newest(party)
    return alert && billing.entryIn(native, party, alert)
  })
  if (!ofLosing || !ofGaining || ofLosing.entry !== ofGaining.entry || ofLosing.time !== ofGaining.time)
    return transcript.failure(`the two suppliers did not get one and the same reading of the ${title}`)
  if (at !== undefined && ofLosing.time !== at) transcript.failure(`the reading of the ${title} is not of the date`)
  transcript.row({
    useCase: billing.useCase,
    who: title,
    to: 'both suppliers',
    what: 'the reading at the change',
    outcome: `${ofLosing.total} ${billing.unit} (signed, decrypted by each)`,
  })
}

async function callOff(play: Play, second: Supplier, third: Supplier): Promise<void> {
  const { stage, transcript } = play
  const { transitionalCoS } = stage.parties
  transcript.heading('A second change is ordered, and called off')
  for (const { meter } of fuels) {
    await play.command(transitionalCoS, meter, order(play, meter, third, stage.now() + 3 * HOUR_S), {
      what: 'a third supplier in three hours',
      says: () => 'accepted',
      expect: isPending,
    })
    await play.command(transitionalCoS, meter, order(play, meter, third, 'cancel'), {
      what: 'not after all',
      says: () => 'accepted',
      expect: isPending,
    })
  }
  await stage.until(() => false, 4 * HOUR_S)
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
