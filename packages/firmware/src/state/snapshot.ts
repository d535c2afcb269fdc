import { concat, GbcsError } from '@smets2-sim/bytes'
import { Encoder } from 'cbor-x'
import type { Device } from '../device.js'
import type { Log } from './ring-log.js'

interface Snapshot {
  readonly version: number
  readonly kind: string
  readonly id: string
  readonly items: readonly (readonly [string, unknown])[]
  readonly logs: Readonly<Record<string, readonly unknown[]>>
}
const VERSION = 1
const codec = new Encoder({
  mapsAsObjects: true,
  useRecords: false,
  tagUint8Array: false,
  int64AsType: 'bigint',
} as never)

/** The whole state of a device as CBOR: items and logs. Private keys are not in it: they stay in the key store. */
export function takeSnapshot(device: Device): Uint8Array {
  const parts: { readonly [part in keyof Snapshot]: Uint8Array } = {
    version: codec.encode(VERSION),
    kind: codec.encode(device.kind),
    id: codec.encode(device.id),
    items: codec.encode([...device.items.entries()]),
    logs: mapOf([...device.usedLogs()].map(([name, log]) => [name, encodedLog(log)])),
  }
  return mapOf(Object.entries(parts))
}

/** CBOR of a map, from that of its values. The head is the one that the encoder gives to objects: major type 5, two octets. */
const mapOf = (entries: readonly (readonly [name: string, value: Uint8Array])[]): Uint8Array =>
  concat(
    Uint8Array.of(0xb9, entries.length >> 8, entries.length & 0xff),
    ...entries.flatMap(([name, value]) => [codec.encode(name), value]),
  )

const encodedLogs = new WeakMap<Log<unknown>, { readonly revision: number; readonly octets: Uint8Array }>()

/** CBOR of a log. It is kept: logs are most of a snapshot, and change seldom. */
function encodedLog(log: Log<unknown>): Uint8Array {
  const { revision } = log
  let kept = encodedLogs.get(log)
  if (kept?.revision !== revision)
    encodedLogs.set(log, (kept = { revision, octets: Uint8Array.from(codec.encode([...log.entries()])) }))
  return kept.octets
}

/** Puts a device into the state of a snapshot. One of another device is a GbcsError. */
export function restoreSnapshot(device: Device, octets: Uint8Array): void {
  let snapshot: Snapshot
  try {
    snapshot = codec.decode(octets) as Snapshot
  } catch {
    throw new GbcsError('invalidValue', 'the snapshot is no CBOR')
  }
  if (snapshot?.version !== VERSION || snapshot.kind !== device.kind || snapshot.id !== device.id)
    throw new GbcsError('invalidValue', `the snapshot is not one of the ${device.kind} ${device.id}`)
  device.items.restore(snapshot.items.map(([name, value]) => [name, plain(value)] as const))
  for (const [name, entries] of Object.entries(snapshot.logs)) {
    const log = device.log(name)
    log.clear()
    for (const entry of entries) log.append(plain(entry))
  }
}

/** Octets as they were stored: the decoder gives views of the whole snapshot, of a class of its own. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
