/**
 * Time and timers from outside: virtual in tests and simulations, real on a bench. Milliseconds since 2000-01-01
 * 00:00:00 UTC, or since whatever the owner counts from; fractions are allowed. What is due at the same time must
 * run in the order in which it was asked for, or runs are not repeatable.
 */
export interface Scheduler {
  now(): number
  /** Calls `action` once at this time, or as soon as possible when the time is past. */
  at(ms: number, action: () => void): void
}

/** Takes a planned action back. */
export type Cancel = () => void

/** Calls `action` after so many milliseconds, unless cancelled before. */
export function after(scheduler: Scheduler, ms: number, action: () => void): Cancel {
  let pending = true
  scheduler.at(scheduler.now() + ms, () => {
    if (!pending) return
    pending = false
    action()
  })
  return () => void (pending = false)
}
