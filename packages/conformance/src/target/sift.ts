import type { Difference } from '../report/result.js'
import { destruction } from './destructive.js'
import type { Originator } from './originate.js'
import type { Plan, PlannedCommand } from './planned.js'

/** What of a plan is sent. */
export interface Choice {
  /** Only scenarios whose name contains this. */
  readonly only?: string
  /** Sends what would end the session, too, after all else. */
  readonly destructive?: boolean
}

/** A plan without what cannot be sent or would do harm; what does harm stands last, if it is asked for. */
export function sift(plan: Plan, originator: Originator, { only = '', destructive = false }: Choice): Plan {
  const wanted = ({ scenario }: { readonly scenario: string }): boolean => scenario.includes(only)
  const reasonFor = (planned: PlannedCommand): string | undefined =>
    originator.obstacle(planned) ?? (destructive || planned.refused ? undefined : destruction(planned.useCase.name))
  const leftOut: Difference[] = plan.leftOut.filter(wanted)
  const sent = plan.commands.filter(wanted).filter((planned) => {
    const reason = reasonFor(planned)
    if (reason !== undefined) leftOut.push({ scenario: planned.scenario, useCase: planned.name, reason })
    return reason === undefined
  })
  const harmless = ({ useCase }: PlannedCommand): boolean => destruction(useCase.name) === undefined
  return { commands: [...sent.filter(harmless), ...sent.filter((one) => !harmless(one))], leftOut }
}
