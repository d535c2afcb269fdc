import { Reader, Writer } from '@smets2-sim/bytes'
import { type Data, readData, writeData } from './data.js'

/** data-notification (tag 0F): how a device that speaks COSEM sends an alert. facts 4.1. */
export interface DataNotification {
  readonly invokeIdAndPriority: number
  readonly body: Data
}

export function decodeDataNotification(bytes: Uint8Array, base = 0): DataNotification {
  const reader = new Reader(bytes, base)
  reader.expect(0x0f, 'data-notification tag')
  const invokeIdAndPriority = reader.u32('long-invoke-id-and-priority')
  reader.expect(0, 'date-time length')
  const body = readData(reader)
  reader.end('data-notification')
  return { invokeIdAndPriority, body }
}

export const encodeDataNotification = (notification: DataNotification): Uint8Array =>
  writeData(new Writer().u8(0x0f).u32(notification.invokeIdAndPriority).u8(0), notification.body).done()
