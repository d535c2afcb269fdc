import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { readComponent, SMART_ENERGY_PROFILE, writeComponent, type GbzComponent } from './payload.js'

/** An alert of a device that speaks ZCL: code, time and what is special about it. facts 4.1. */
export interface GbzAlert {
  readonly alertCode: number
  /** UTC seconds since 2000. */
  readonly time: number
  /** Octets after the header; undefined for a generic alert, which has none. */
  readonly content?: Uint8Array
}

export function decodeGbzAlert(content: Uint8Array): GbzAlert {
  const reader = new Reader(content)
  const profile = reader.u16('profile')
  if (profile !== SMART_ENERGY_PROFILE)
    throw new GbcsError('invalidTag', `profile ${profile.toString(16)}, expected 0109`, 0)
  const count = reader.u8('number of components')
  const head = { alertCode: reader.u16('alert code'), time: reader.u32('time') }
  if (count > 0) return { ...head, content: Uint8Array.from([count, ...reader.rest()]) }
  reader.end('the alert')
  return head
}

export function encodeGbzAlert({ alertCode, time, content }: GbzAlert): Uint8Array {
  const writer = new Writer()
    .u16(SMART_ENERGY_PROFILE)
    .u8(content?.[0] ?? 0)
    .u16(alertCode)
    .u32(time)
  return writer.bytes(content?.subarray(1) ?? new Uint8Array(0)).done()
}

/** Content of an execution alert (0x00CD): which ZCL command of which GBCS command was executed. facts 3.5. */
export interface GbzExecution {
  readonly messageCode: number
  readonly originatorCounter: bigint
  readonly clusterId: number
  readonly frameControl: number
  readonly commandId: number
}
const EXECUTION_OCTETS = 14
export const encodeGbzExecution = (e: GbzExecution): Uint8Array =>
  new Writer(16)
    .u8(1)
    .u8(EXECUTION_OCTETS)
    .u16(e.messageCode)
    .u64(e.originatorCounter)
    .u16(e.clusterId)
    .u8(e.frameControl)
    .u8(e.commandId)
    .done()

export function decodeGbzExecution(content: Uint8Array): GbzExecution {
  const reader = new Reader(content)
  reader.expect(1, 'number of components')
  reader.expect(EXECUTION_OCTETS, 'execution length')
  const value = {
    messageCode: reader.u16('message code'),
    originatorCounter: reader.u64('originator counter'),
    clusterId: reader.u16('cluster'),
    frameControl: reader.u8('frame control'),
    commandId: reader.u8('command'),
  }
  reader.end('the execution')
  return value
}

/** Components inside an alert (0x008B). */
export function decodeAlertComponents(content: Uint8Array): GbzComponent[] {
  const reader = new Reader(content)
  const count = reader.u8('number of components')
  const components = Array.from({ length: count }, () => readComponent(reader))
  reader.end('the alert')
  return components
}
export function encodeAlertComponents(components: readonly GbzComponent[]): Uint8Array {
  const writer = new Writer().u8(components.length)
  for (const component of components) writeComponent(writer, component)
  return writer.done()
}
