import { GbcsError } from '@smets2-sim/bytes'
import { type Field, group, int32, octetString, uint16, uint48, uint8, utcTime } from './fields.js'

/** Date of a calendar: year since 1900, month, day, day of week; FF is any. */
export const date = group({ year: uint8, month: uint8, day: uint8, dayOfWeek: uint8 })

/** Thresholds of one tier: the high nibble of the first octet names the tier, the low one counts the thresholds. */
export const blockThresholds: Field<{ readonly tier: number; readonly thresholds: readonly number[] }> = {
  name: 'block thresholds',
  read(reader) {
    const head = reader.u8('tier and number of thresholds')
    return { tier: head >> 4, thresholds: Array.from({ length: head & 0x0f }, () => uint48.read(reader)) }
  },
  write(writer, { tier, thresholds }) {
    if (thresholds.length > 15 || tier > 15) throw new GbcsError('limitExceeded', 'more than 15 thresholds or tiers')
    writer.u8((tier << 4) | thresholds.length)
    for (const threshold of thresholds) uint48.write(writer, threshold)
  },
}

/** Prepayment snapshot of payload type 0: debts and credit of the meter. facts 10.11. */
export const prepaySnapshot = group({
  accumulatedDebt: int32,
  timeDebt1Remaining: int32,
  timeDebt2Remaining: int32,
  paymentDebtRemaining: int32,
  emergencyCreditRemaining: int32,
  creditRemaining: int32,
})

const logEntry = group({ logId: uint8, eventId: uint16, time: utcTime, data: octetString })
/** Entries of a ZigBee event log: the high nibble of the first octet counts them, the low one says whether they cross frames. */
export const eventLog: Field<{
  readonly control: number
  readonly entries: readonly { logId: number; eventId: number; time: number; data: Uint8Array }[]
}> = {
  name: 'event log',
  read(reader) {
    const control = reader.u8('log payload control')
    const entries: { logId: number; eventId: number; time: number; data: Uint8Array }[] = []
    while (reader.remaining > 0) entries.push(logEntry.read(reader))
    return { control, entries }
  },
  write(writer, { control, entries }) {
    writer.u8(control)
    for (const entry of entries) logEntry.write(writer, entry)
  },
}
