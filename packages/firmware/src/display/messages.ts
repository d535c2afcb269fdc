import type { UtcSeconds } from '@smets2-sim/cosem'
import type { HanFields } from '../han-port.js'
import type { Fuel, ShownMessage } from './screen.js'

/** Bit of the message control that asks the user to confirm. */
const CONFIRMATION_REQUIRED = 0x80
const UNTIL_CHANGED = 0xffff

/** Messages of suppliers that a display keeps: of each fuel those that were not taken back. */
export class Messages {
  #messages: readonly ShownMessage[] = []

  /** Those to show now, the newest first. */
  shown(now: UtcSeconds): readonly ShownMessage[] {
    return this.#messages
      .filter(({ from, until }) => from <= now && now < until)
      .sort((a, b) => b.from - a.from || b.id - a.id)
  }
  /** A message that was published, or read: the same one again changes nothing but its time. */
  show(fuel: Fuel, fields: HanFields, now: UtcSeconds): void {
    const id = fields['messageId'] as number
    const known = this.#messages.find((message) => message.fuel === fuel && message.id === id)
    const from = (fields['startTime'] as number) || (known?.from ?? now)
    const minutes = fields['durationInMinutes'] as number
    const message: ShownMessage = {
      fuel,
      id,
      text: new TextDecoder().decode(fields['message'] as Uint8Array),
      from,
      until: minutes === UNTIL_CHANGED ? Infinity : from + minutes * 60,
      isToConfirm: ((fields['messageControl'] as number) & CONFIRMATION_REQUIRED) !== 0,
      isConfirmed: known?.isConfirmed ?? false,
    }
    this.#messages = [...this.#messages.filter((other) => other !== known), message]
  }
  cancel(fuel: Fuel, id?: number): void {
    this.#messages = this.#messages.filter(
      (message) => message.fuel !== fuel || (id !== undefined && message.id !== id),
    )
  }
  confirmed(fuel: Fuel, id: number): void {
    this.#messages = this.#messages.map((message) =>
      message.fuel === fuel && message.id === id ? { ...message, isConfirmed: true } : message,
    )
  }
}
