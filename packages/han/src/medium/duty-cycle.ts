import type { BandRules } from './band.js'

/** Holds one transmitter to its duty cycle: a frame that would break it waits until earlier ones have left the window. */
export class DutyCycle {
  readonly #sent: { endMs: number; airtimeMs: number }[] = []
  #inWindowMs = 0
  readonly #budgetMs: number

  constructor(readonly rules: BandRules) {
    this.#budgetMs = rules.dutyCycle * rules.dutyWindowMs
  }

  #expire(nowMs: number): void {
    while (this.#sent[0] && this.#sent[0].endMs + this.rules.dutyWindowMs <= nowMs)
      this.#inWindowMs -= (this.#sent.shift() as { airtimeMs: number }).airtimeMs
    if (this.#sent.length === 0) this.#inWindowMs = 0 // no rounding error stays
  }

  /** The earliest time from `nowMs` on at which a frame of this airtime may start. */
  earliest(nowMs: number, airtimeMs: number): number {
    if (this.rules.dutyCycle >= 1) return nowMs
    this.#expire(nowMs)
    let over = this.#inWindowMs + airtimeMs - this.#budgetMs
    let at = nowMs
    for (const frame of this.#sent) {
      if (over <= 0) break
      over -= frame.airtimeMs
      at = frame.endMs + this.rules.dutyWindowMs
    }
    return at
  }

  /** A frame that was started. */
  record(startMs: number, airtimeMs: number): void {
    if (this.rules.dutyCycle >= 1) return
    this.#sent.push({ endMs: startMs + airtimeMs, airtimeMs })
    this.#inWindowMs += airtimeMs
  }

  /** Share of the budget that is used up at this time. */
  used(nowMs: number): number {
    this.#expire(nowMs)
    return this.#budgetMs > 0 ? this.#inWindowMs / this.#budgetMs : 0
  }
}
