import { type Data, logicalNameOf, toIso } from '@smets2-sim/cosem'
import { dateText, dateTimeText, isDateTime, timeText } from './date-time-text.js'
import { codeText, type Json, type Rendering, toJson } from './json.js'

/** Fields of COSEM values that hold a time of day or a date. */
const timeFields = new Set(['startTime', 'switchTime', 'time'])
/** Fields of log entries that are a UTC second or an event code. */
const logFields: Readonly<Record<string, (value: number) => string>> = { time: toIso, boostEnd: toIso, code: codeText }
const dateFields = new Set(['date', 'beginDate', 'endDate'])

/** Octets of COSEM values that are a date-time, a time, a date or a logical name, as text; times and codes of logs. */
const render: Rendering = (value, key) => {
  if (typeof value === 'number') return key === undefined ? undefined : logFields[key]?.(value)
  if (!(value instanceof Uint8Array)) return undefined
  if (isDateTime(value)) return dateTimeText(value)
  if (value.length === 6 && value[5] === 0xff) return logicalNameOf(value)
  if (key !== undefined && value.length === 4 && timeFields.has(key)) return timeText(value)
  if (key !== undefined && value.length === 5 && dateFields.has(key)) return dateText(value)
  return undefined
}

/** A typed COSEM value as JSON. */
export const cosemJson = (value: unknown): Json => toJson(value, render)

/** Data without a type of ours: each value under its A-XDR type. */
export function dataJson(data: Data): Json {
  switch (data.type) {
    case 'null':
      return null
    case 'array':
    case 'structure':
    case 'compactArray':
      return { [data.type]: data.items.map(dataJson) }
    case 'bitString':
      return { bitString: cosemJson(data.bytes), bits: data.bits }
    default:
      return { [data.type]: cosemJson('bytes' in data ? data.bytes : data.value) }
  }
}
