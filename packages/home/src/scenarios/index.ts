import { nextTenant } from './next-tenant.js'
import { installAndLeave } from './install-and-leave.js'
import { decommission } from './decommission.js'
import { hubReplacement } from './hub-replacement.js'
import { prepaymentDay } from './prepayment-day.js'
import type { Scenario } from './scenario.js'
import { tour } from './tour.js'

/** Every scenario by its name. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  tour,
  'prepayment-day': prepaymentDay,
  'next-tenant': nextTenant,
  'install-and-leave': installAndLeave,
  'hub-replacement': hubReplacement,
  decommission,
}

export { livedIn } from './lived-in.js'
export { Play, type Telling } from './play.js'
export type { Scenario } from './scenario.js'
export { deviceOn, type Stage, virtualStage } from './stage.js'
export { type Counts, Transcript, type TranscriptRow } from './transcript.js'
