import { type Eui64, eui64, fromHex, utf8 } from '@smets2-sim/bytes'
import { dataTypeId as t, type TypedValue, zclStatus } from '@smets2-sim/zcl'
import type { NcpDevice, NcpEvent, NcpNetworkView, ReportingWish } from './view.js'

export const coordinator = {
  eui64: eui64('00212efffe112233'),
  panId: 0x1a62,
  extendedPanId: eui64('dddddddddddddddd'),
  channel: 11,
  networkKey: fromHex('000102030405060708090a0b0c0d0e0f'),
} as const

export const meterId: Eui64 = eui64('90b3d51f30010000')
export const meter: NcpDevice = {
  eui64: meterId,
  shortAddress: 0x4e1a,
  manufacturerCode: 0x10de,
  kind: 'router',
  endpoints: [
    {
      id: 1,
      profile: 0x0109,
      deviceId: 0x0500,
      deviceVersion: 1,
      inputClusters: [0x0000, 0x0702, 0x0704],
      outputClusters: [],
    },
  ],
}

const readings: Readonly<Record<number, Readonly<Record<number, TypedValue>>>> = {
  0x0000: {
    0x0000: { type: t.uint8, value: 3 },
    0x0004: { type: t.charString, value: utf8('SMETS2') },
    0x0005: { type: t.charString, value: utf8('ESME') },
    0x0007: { type: t.enum8, value: 1 },
  },
  0x0702: {
    0x0000: { type: t.uint48, value: 12_345_678 },
    0x0300: { type: t.enum8, value: 0 },
    0x0301: { type: t.uint24, value: 1 },
    0x0302: { type: t.uint24, value: 1000 },
    0x0400: { type: t.int24, value: 3000 },
  },
}

/** A home with one meter, which remembers what a program asked of it. */
export interface FixtureView extends NcpNetworkView {
  readonly wishes: ReportingWish[]
  readonly permitted: number[]
  emit(event: NcpEvent): void
  readonly listening: () => number
}
export function fixtureView(devices: readonly NcpDevice[] = [meter]): FixtureView {
  const listeners = new Set<(event: NcpEvent) => void>()
  const wishes: ReportingWish[] = []
  const permitted: number[] = []
  return {
    coordinator,
    wishes,
    permitted,
    devices: () => devices,
    readAttributes: (_device, _endpoint, cluster, ids) =>
      ids.map((id) => {
        const data = readings[cluster]?.[id]
        return data ? { id, status: zclStatus.success, data } : { id, status: zclStatus.unsupportedAttribute }
      }),
    configureReporting(_device, _endpoint, _cluster, asked) {
      wishes.push(...asked)
      return asked.map(({ attribute }) => (attribute === 0x0400 ? zclStatus.success : zclStatus.unsupportedAttribute))
    },
    permitJoin: (seconds) => void permitted.push(seconds),
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    emit: (event) => listeners.forEach((listener) => listener(event)),
    listening: () => listeners.size,
  }
}
