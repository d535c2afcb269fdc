import { GbcsError } from '@smets2-sim/bytes'
import {
  type ConformanceRun,
  loadReferencePlan,
  loadTargetKeys,
  ownPlan,
  runTarget,
  type TargetKeys,
} from '@smets2-sim/conformance'
import { type FrameLink, LinkError, openLink, type Target } from '@smets2-sim/serial'
import { targetPort, wallClock } from '../real-ports.js'
import type { ConformanceCommandOptions } from './conformance.js'

/**
 * Runs the exchanges against a device outside.
 * @throws GbcsError when the keys, the reference set or the link cannot be opened
 */
export async function conformanceOfTarget(
  options: ConformanceCommandOptions & { readonly target: Target; readonly keys: string },
  progress: (done: number, total: number) => void,
): Promise<ConformanceRun> {
  const { target, framing, rtds, kind, device, only, adopt = false, destructive = false } = options
  const keys: TargetKeys = loadTargetKeys(options.keys, { kind, device })
  const plan = rtds === undefined ? ownPlan(keys, wallClock.now()) : loadReferencePlan(rtds, keys.device.kind)
  const link = await open(framing ? { ...target, framing } : target, options.timeout)
  try {
    return await runTarget(plan, keys, targetPort(link), {
      ...{ timeoutMs: options.timeout, quietMs: options.quiet, wrong: options.wrong, toleranceS: options.tolerance },
      ...{ adopt, destructive, progress },
      ...(only !== undefined && { only }),
    })
  } finally {
    await link.close()
  }
}

async function open(target: Target, timeoutMs: number): Promise<FrameLink> {
  try {
    return await openLink(target, { signal: AbortSignal.timeout(timeoutMs) })
  } catch (error) {
    if (error instanceof LinkError) throw new GbcsError('invalidValue', error.message)
    throw error
  }
}
