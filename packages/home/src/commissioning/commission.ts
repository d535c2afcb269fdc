import type { FarEnd, Response } from '@smets2-sim/parties'
import { commissioningPlan, type Site, type Step } from './plan.js'

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
 * Sends all commands that make devices a home, one after the other. `done` hears of each.
 * @throws CommissioningFailed when a device does not do what it is told
 */
export async function commission(
  farEnd: FarEnd,
  site: Site,
  done: (step: Step, response: Response) => void = () => undefined,
): Promise<void> {
  for (const step of commissioningPlan(farEnd, site)) {
    const response = await step.party.send(step.request).catch((error: Error) => {
      throw new CommissioningFailed(step, error.message)
    })
    if (!step.succeeded(response))
      throw new CommissioningFailed(step, `the response says ${JSON.stringify(response.items, bigints)}`)
    done(step, response)
  }
}
const bigints = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
