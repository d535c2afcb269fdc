import { GbcsError } from '@smets2-sim/bytes'
import type { Data } from '@smets2-sim/cosem'
import type { Attribute } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import { type CosemContext, cosemProfileOf, viewFor } from './executor.js'

const contextOf = (device: Device): CosemContext => ({ device, now: device.now })

/** Puts a device into the state in which this attribute has this value. For test benches; no command can do it. */
export function primeAttribute<T>(device: Device, member: Attribute<T>, value: T): void {
  primeAttributeData(device, member.key, member.schema.encode(value))
}
/** The same with the value as COSEM data. */
export function primeAttributeData(device: Device, key: string, data: Data): void {
  const view = viewFor(cosemProfileOf(device), contextOf(device), key)
  const prime = view.prime ?? view.set
  if (!prime) throw new GbcsError('misuse', `${key} cannot be primed`)
  prime(contextOf(device), data)
}
/** Puts a device into a state in which a method succeeds with this parameter, where that depends on the state. */
export function primeMethodData(device: Device, key: string, data: Data): void {
  viewFor(cosemProfileOf(device), contextOf(device), key).prepare?.(contextOf(device), data)
}
/** The value of an attribute as the device itself would answer a read of it. */
export function readAttribute<T>(device: Device, member: Attribute<T>): T {
  const view = viewFor(cosemProfileOf(device), contextOf(device), member.key)
  if (!view.get) throw new GbcsError('misuse', `${member.key} cannot be read`)
  return member.schema.decode(view.get(contextOf(device)))
}
