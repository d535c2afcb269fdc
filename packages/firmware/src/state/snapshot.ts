import { GbcsError } from '@smets2-sim/bytes'
import { Encoder } from 'cbor-x'
import type { Device } from '../device.js'

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
  const logs = Object.fromEntries([...device.usedLogs()].map(([name, log]) => [name, [...log.entries()]]))
  const snapshot: Snapshot = {
    version: VERSION,
    kind: device.kind,
    id: device.id,
    items: [...device.items.entries()],
    logs,
  }
  return codec.encode(snapshot)
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
