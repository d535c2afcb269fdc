import type { Response } from '@smets2-sim/parties'
import { type Commissioners, commissioningPlan, type Site, type Step } from './plan.js'

/** A step of commissioning that a device did not take. */
export class CommissioningFailed extends Error {
  readonly step: Step
  constructor(step: Step, why: string) {
    super(`${step.party.role} could not ${step.what} on ${step.to}: ${why}`)
    this.name = 'CommissioningFailed'
    this.step = step
  }
}

/**
 * Sends all commands that make devices a home. `done` hears of each, in the order of the plan.
 * @throws CommissioningFailed when a device does not do what it is told
 */
export async function commission(
  farEnd: Commissioners,
  site: Site,
  done: (step: Step, response: Response) => void = () => undefined,
): Promise<void> {
  for (const phase of commissioningPlan(farEnd, site)) {
    const responses = await Promise.all(phase.map(take))
    phase.forEach((step, i) => done(step, responses[i] as Response))
  }
}

async function take(step: Step): Promise<Response> {
  const response = await step.party.send(step.request).catch((error: Error) => {
    throw new CommissioningFailed(step, error.message)
  })
  if (step.succeeded(response)) return response
  const results = response.items.map(({ name, result }) => `${name} ${result}`)
  throw new CommissioningFailed(step, `the response says ${results.join(', ')}`)
}
