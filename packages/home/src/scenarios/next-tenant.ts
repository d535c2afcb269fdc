import { encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import { ECS12, ECS17b, ECS21a, ECS22b } from '@smets2-sim/gbcs'
import { count, dayAndTime, kWh } from '../words.js'
import { liveADay } from './household.js'
import { install } from './install.js'
import type { Play } from './play.js'
import type { Scenario } from './scenario.js'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const SEED = 13
const FIRST_REGISTER_WH = 8_000_000
/** Days that the former tenant lives there. */
const DAYS_BEFORE = 3
const HALF_HOURS_OF_A_DAY = 48

/** A new tenant moves in: what the former one has used can no longer be read, by nobody. */
export const nextTenant: Scenario = {
  title: 'a tenant leaves, another comes, and neither reads of the other',
  home: { seed: SEED, electricity: { activeImportWh: FIRST_REGISTER_WH }, ppmid: true },
  atHome: true,
  async run(play) {
    await install(play)
    const midnight = (Math.floor(play.stage.now() / DAY_S) + 1) * DAY_S
    for (let day = 0; day <= DAYS_BEFORE + 1; day++) liveADay(play.home, SEED + day, midnight + day * DAY_S)
    play.transcript.clock = () => dayAndTime(play.stage.now())
    await formerTenant(play, midnight + DAYS_BEFORE * DAY_S)
    await newTenant(play, midnight + DAYS_BEFORE * DAY_S)
  },
}

async function formerTenant(play: Play, lastMidnight: UtcSeconds): Promise<void> {
  const { stage, transcript, home } = play
  transcript.heading('The former tenant')
  await play.passTo(lastMidnight + 8 * HOUR_S)
  await reads(play, { days: DAYS_BEFORE + 1, halfHours: (halfHours) => halfHours > DAYS_BEFORE * HALF_HOURS_OF_A_DAY })
  yesterday(play, true)

  transcript.heading('The supplier hears who moves in, and when')
  const restrictDataDateTime = encodeDateTime(lastMidnight + 12 * HOUR_S)
  await play.command(stage.parties.supplier, 'esme', ECS12.command({ to: home.esme, restrictDataDateTime }), {
    what: 'a new tenancy begins at noon',
    says: () => 'accepted',
  })
  // until then the home is the former tenant's
  await play.passTo(lastMidnight + 11 * HOUR_S)
  await reads(play, { days: DAYS_BEFORE + 1, halfHours: (halfHours) => halfHours > DAYS_BEFORE * HALF_HOURS_OF_A_DAY })
}

async function newTenant(play: Play, midnight: UtcSeconds): Promise<void> {
  const { transcript } = play
  transcript.heading('The new tenant')
  await play.passTo(midnight + 12 * HOUR_S + 60)
  await reads(play, { days: 0, halfHours: (halfHours) => halfHours <= 1 })
  yesterday(play, false)
  transcript.heading('The day after')
  await play.passTo(midnight + DAY_S + 60)
  // from noon to midnight, both ends included
  await reads(play, { days: 1, halfHours: (halfHours) => halfHours <= HALF_HOURS_OF_A_DAY / 2 + 1 && halfHours > 0 })
}

/** What of the past a supplier can read. Registers are no history: they go on. */
async function reads(
  play: Play,
  expected: { readonly days: number; readonly halfHours: (halfHours: number) => boolean },
): Promise<void> {
  const { supplier } = play.stage.parties
  const to = play.home.esme
  const entries = { from: 0, to: play.stage.now() }
  await play.command(supplier, 'esme', ECS21a.command({ to, entries }), {
    what: 'read the daily read log',
    says: ({ dailyReadLog }) => count(dailyReadLog.length, 'day'),
    expect: ({ dailyReadLog }) => dailyReadLog.length === expected.days,
  })
  await play.command(supplier, 'esme', ECS22b.command({ to, entries }), {
    what: 'read the profile',
    says: ({ importProfileLog }) => count(importProfileLog.length, 'half hour'),
    expect: ({ importProfileLog }) => expected.halfHours(importProfileLog.length),
  })
  await play.command(supplier, 'esme', ECS17b.command({ to }), {
    what: 'read the import registers',
    says: ({ importRegisters }) => kWh(importRegisters.activeImportWh),
    expect: ({ importRegisters }) => importRegisters.activeImportWh > FIRST_REGISTER_WH,
  })
}

/** What the display of the meter tells of the day before. */
function yesterday(play: Play, isThere: boolean): void {
  const [before] = play.home.esme.history().day.prior
  const used = before?.consumptionWh ?? 0
  play.act('tenant', 'esme', 'look at what was used yesterday', kWh(used), isThere === used > 0)
}
