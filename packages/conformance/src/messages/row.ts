import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Eui64, eui64, fromHex, GbcsError } from '@smets2-sim/bytes'

/** A row of a JSON file of a reference set, with an error that says where it stands. */
export interface Row {
  readonly value: Readonly<Record<string, unknown>>
  wrong(message: string): GbcsError
}

/** The rows of a JSON file that holds an array of objects. */
export function rowsOf(directory: string, file: string): readonly Row[] {
  const path = join(directory, file)
  const wrong = (message: string): GbcsError => new GbcsError('invalidValue', `${path} ${message}`)
  if (!existsSync(path)) throw wrong('does not exist')
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw wrong('is not JSON')
  }
  if (!Array.isArray(content)) throw wrong('is not an array of rows')
  return content.map((value: unknown, i) => {
    const at = (message: string): GbcsError => wrong(`row ${i}: ${message}`)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw at('is not an object')
    return { value: value as Row['value'], wrong: at }
  })
}

/** Runs a conversion of the row's values; its GbcsError then says which row it was. */
export function within<T>(row: Row, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    if (error instanceof GbcsError) throw row.wrong(error.message)
    throw error
  }
}

export function text(row: Row, key: string): string {
  const value = row.value[key]
  if (typeof value !== 'string' || value === '') throw row.wrong(`${key} is not a text`)
  return value
}
export const entity = (row: Row, key: string): Eui64 => within(row, () => eui64(text(row, key)))

export function octets(row: Row, key: string, length?: number): Uint8Array {
  const bytes = within(row, () => fromHex(text(row, key)))
  if (length !== undefined && bytes.length !== length)
    throw row.wrong(`${key} has ${bytes.length} octets, expected ${length}`)
  return bytes
}

/** A code like `0x0027`. */
export function code(row: Row, key: string): number {
  const value = text(row, key)
  if (!/^0x[0-9a-fA-F]{1,4}$/.test(value)) throw row.wrong(`${key} ${JSON.stringify(value)} is not a code like 0x0027`)
  return parseInt(value, 16)
}

/** A counter of up to 16 hexadecimal digits. */
export function counter(row: Row, key: string): bigint {
  const value = text(row, key)
  if (!/^[0-9a-fA-F]{1,16}$/.test(value))
    throw row.wrong(`${key} ${JSON.stringify(value)} is not a counter in hexadecimal`)
  return BigInt(`0x${value}`)
}

/** Two entities, or null where they are not known. */
export function pair(row: Row, key: string): readonly [Eui64, Eui64] | null {
  const value = row.value[key]
  if (value === null) return null
  if (!Array.isArray(value) || value.length !== 2) throw row.wrong(`${key} is not a pair of entities`)
  const [a, b] = value.map((id) => within(row, () => eui64(String(id))))
  return [a as Eui64, b as Eui64]
}
