import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { native } from '@smets2-sim/crypto'
import { GCS09, GCS13a, GCS15c, GCS16a, GCS17, GCS25 } from '@smets2-sim/gbcs'
import { deviceOn, type Play } from '@smets2-sim/home'
import { gasBillingEntryIn } from './billing-entry.js'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
/** Days, from the start of the day. facts 12. */
const DAYS = 0x21
const FOR_EVER = 0xffffffff

/** A billing period of a day, from midnight to midnight. */
const billEveryDay = (to: Eui64, now: UtcSeconds) =>
  GCS25.command({
    to,
    parts: [
      {
        item: 'publishBillingPeriod',
        fields: {
          providerId: 0,
          issuerEventId: now,
          billingPeriodStartTime: Math.floor(now / DAY_S) * DAY_S,
          billingPeriodDuration: 1,
          billingPeriodDurationType: DAYS,
          tariffType: 0,
        },
      },
    ],
  })
/** A new tenancy from a date on. */
const newTenancy = (to: Eui64, implementationDateTime: UtcSeconds) =>
  GCS09.command({
    to,
    parts: [
      {
        item: 'publishChangeOfTenancy',
        fields: {
          providerId: 0,
          issuerEventId: implementationDateTime,
          tariffType: 0,
          implementationDateTime,
          proposedTenancyChangeControl: 0x200,
        },
      },
    ],
  })

/** A read of the proxy, of all that it has, and when the first of that is of. */
interface History {
  readonly what: string
  readonly read: (to: Eui64) => ReturnType<typeof GCS17.command>
  readonly first: string
}
const snapshots = (snapshotCause: number) => [
  {
    item: 'getSnapshot' as const,
    fields: { earliestStartTime: 0, latestEndTime: FOR_EVER, snapshotOffset: 0, snapshotCause },
  },
]
const histories: readonly History[] = [
  {
    what: 'read the profile',
    read: (to) =>
      GCS17.command({
        to,
        parts: [
          {
            item: 'getSampledData',
            fields: { sampleID: 0, earliestSampleTime: 0, sampleType: 0, numberOfSamples: 100 },
          },
        ],
      }),
    first: 'sampleStartTime',
  },
  {
    what: 'read the daily read log',
    read: (to) => GCS16a.command({ to, parts: snapshots(1) }),
    first: 'snapshotTime',
  },
  {
    what: 'read the billing data log',
    read: (to) => GCS15c.command({ to, parts: snapshots(2) }),
    first: 'snapshotTime',
  },
]
async function readAll(play: Play, says: string, expect: (first: number) => boolean): Promise<void> {
  const { stage } = play
  for (const { what, read, first } of histories)
    await play.command(stage.parties.supplier, 'gpf', read(deviceOn(stage, 'gpf')), {
      what,
      says: () => says,
      expect: ({ commands }) => expect(Number(commands[0]?.fields[first])),
    })
}

/** People have lived there for a while, and have got a bill every day. */
export async function gasOfFormerTenant(play: Play): Promise<void> {
  const { stage, transcript } = play
  const { supplier } = stage.parties
  const gsme = deviceOn(stage, 'gsme')
  await play.command(supplier, 'gsme', billEveryDay(gsme, stage.now()), { what: 'a bill every day' })
  const bill = () => supplier.alerts.find(({ name, from }) => name === 'billingDataLogUpdated' && from === gsme)
  await stage.until(() => bill() !== undefined, DAY_S + HOUR_S)
  const alert = bill()
  const entry = alert && gasBillingEntryIn(native, supplier, alert)
  if (!entry) return transcript.failure('the supplier got no bill of the former tenant')
  transcript.row({
    useCase: 'GCS53',
    who: 'gas meter',
    to: 'supplier',
    what: 'the bill of the day',
    outcome: `${entry.total} l (signed, decrypted)`,
  })
  await stage.until(() => false, HOUR_S)
  await readAll(play, 'what was used so far', (first) => first <= entry.time)
}

/** Others move in: what the proxy has of before is for nobody. */
export async function gasOfNewTenant(play: Play, movedIn: UtcSeconds): Promise<void> {
  const { stage } = play
  const { supplier, networkOperator } = stage.parties
  const [gpf, gsme] = [deviceOn(stage, 'gpf'), deviceOn(stage, 'gsme')]
  const order = newTenancy(gpf, movedIn)
  await play.command(supplier, 'gpf', order, { what: 'a new tenancy from now on' })
  await play.refused(networkOperator, 'gpf', networkOperator.build(order), {
    what: 'a party that may not say so',
    alert: 'sourceDoesNotHaveAuthorityForCommand',
  })
  await stage.until(() => false, DAY_S + HOUR_S)
  await readAll(play, 'nothing from before', (first) => first >= movedIn)
  const registers = GCS13a.command({ to: gsme, parts: [{ item: 'readMetering', fields: {} }] })
  await play.command(supplier, 'gsme', registers, { what: 'read the register, which goes on' })
}
