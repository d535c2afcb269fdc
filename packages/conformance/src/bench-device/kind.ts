import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { chf } from '@smets2-sim/chf'
import { esme } from '@smets2-sim/esme'
import type { Device, DevicePorts } from '@smets2-sim/firmware'
import { alertOf, type DeviceKind, useCaseByCode } from '@smets2-sim/gbcs'
import { gpf } from '@smets2-sim/gpf'
import { gsme } from '@smets2-sim/gsme'
import { hcalcs } from '@smets2-sim/hcalcs'
import { ppmid } from '@smets2-sim/ppmid'
import type { DecodedSet } from '../reference-set/decoded-set.js'
import { alertCodeOf } from '../alerts/alert-code.js'

/** Devices that execute remote commands, in the order in which one is chosen when several fit. */
const makers: Readonly<Partial<Record<DeviceKind, (id: Eui64, ports: DevicePorts) => Device>>> = {
  esme,
  gsme,
  gpf,
  chf,
  ppmid,
  hcalcs,
}

/** Makes a device of a kind. @throws GbcsError `unsupported` for one that executes no remote commands */
export function makeDevice(kind: DeviceKind, id: Eui64, ports: DevicePorts): Device {
  const make = makers[kind]
  if (!make) throw new GbcsError('unsupported', `a device of kind ${kind} executes no remote commands`)
  return make(id, ports)
}

/** The kind of device behind each identifier: the one that executes most of the commands to it and raises most of its alerts. */
export function kindsOf(set: DecodedSet): ReadonlyMap<Eui64, DeviceKind> {
  const votes = new Map<Eui64, Map<DeviceKind, number>>()
  const vote = (id: Eui64, devices: readonly DeviceKind[]): void => {
    const counts = votes.get(id) ?? new Map<DeviceKind, number>()
    votes.set(id, counts)
    for (const kind of devices) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const { kind, message } of set.messages) {
    if (kind === 'command') vote(message.target, useCaseByCode(message.otherInformation.messageCode)?.devices ?? [])
    if (kind === 'alert') vote(message.originator, alertOf(alertCodeOf(message) ?? -1)?.devices ?? [])
  }
  const order = Object.keys(makers) as DeviceKind[]
  return new Map(
    [...votes].map(([id, counts]) => [
      id,
      order.reduce((best, kind) => ((counts.get(kind) ?? 0) > (counts.get(best) ?? 0) ? kind : best)),
    ]),
  )
}
