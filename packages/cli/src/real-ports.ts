import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { TargetPort } from '@smets2-sim/conformance'
import { EPOCH_2000, type UtcSeconds } from '@smets2-sim/cosem'
import type { Entropy } from '@smets2-sim/firmware'
import { exchangeClient, type FrameLink } from '@smets2-sim/serial'

/** The time on the wall. */
export const wallClock = { now: (): UtcSeconds => Math.floor(Date.now() / 1000) - EPOCH_2000 }

/** Random octets of the platform. */
export const realEntropy: Entropy = { bytes: (count) => new Uint8Array(randomBytes(count)) }

/** A device at the other end of a link, in real time. */
export const targetPort = (link: FrameLink): TargetPort => ({
  ...wallClock,
  connect: (options) => exchangeClient(link, options),
  pause: (milliseconds) => pause(milliseconds),
})

/** Calls something once a second; gives the way to stop. */
export function everySecond(action: () => void): () => void {
  const timer = setInterval(action, 1000)
  return () => clearInterval(timer)
}

/** Settles when somebody wants the program to end. */
export function stopSignal(): { readonly stopped: Promise<void>; forget(): void } {
  const signals = ['SIGINT', 'SIGTERM'] as const
  let stop = (): void => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  for (const name of signals) process.once(name, stop)
  return {
    stopped,
    forget() {
      for (const name of signals) process.off(name, stop)
    },
  }
}
