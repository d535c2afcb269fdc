import { closeSync, openSync, writeSync } from 'node:fs'
import { exportedPdu, linkType, pcapHeader, pcapRecord } from '@smets2-sim/han'
import type { Premises } from '../premises/premises.js'

/** What a capture is of: messages of the wide area network, or frames of the home area network. */
export type CaptureOf = 'wan' | 'han'

/** Where each capture goes: a file, or `-` for standard output, so that a dissector can watch while it grows. */
export type CapturePaths = Readonly<Partial<Record<CaptureOf, string>>>

/** A capture under way. */
export interface Capture {
  /** The files, in the order in which they were begun. */
  readonly paths: readonly string[]
  /** Ends it; what has passed is in the files. */
  close(): void
}

const STANDARD_OUTPUT = 1

/** `run` or `run.pcap` for both networks is `run.wan.pcap` and `run.han.pcap`; the home area network only if it has frames. */
export function capturePaths(name: string, { network }: Pick<Premises, 'network'>): CapturePaths {
  const stem = name.replace(/\.pcap$/, '')
  return { wan: `${stem}.wan.pcap`, ...(network.onFrame && { han: `${stem}.han.pcap` }) }
}

/** A capture file to which octets go at once: who watches it sees them come. */
function captureFile(path: string, network: number) {
  const file = path === '-' ? STANDARD_OUTPUT : openSync(path, 'w')
  writeSync(file, pcapHeader(network))
  return {
    add: (octets: Uint8Array, timeMs: number): void => void writeSync(file, pcapRecord(octets, timeMs)),
    close: (): void => void (file !== STANDARD_OUTPUT && closeSync(file)),
  }
}

/**
 * Captures what passes in a home, from now on: messages at the hub's end of the wide area network (link type 252), and
 * frames on the air of the home (230).
 * @throws Error of the file system for a path that cannot be written
 */
export function capture(premises: Premises, paths: CapturePaths): Capture {
  const { world, wan, network } = premises
  const ends: (() => void)[] = []
  if (paths.wan !== undefined) {
    const file = captureFile(paths.wan, linkType.exportedPdu)
    ends.push(
      wan.onMessage((message) => file.add(exportedPdu(message), world.nowMs)),
      file.close,
    )
  }
  if (paths.han !== undefined && network.onFrame) {
    const file = captureFile(paths.han, linkType.ieee802154WithoutFcs)
    ends.push(
      network.onFrame((octets, timeMs) => file.add(octets, timeMs)),
      file.close,
    )
  }
  return {
    paths: [paths.wan, paths.han].flatMap((path) => path ?? []),
    close: () => ends.splice(0).forEach((end) => end()),
  }
}
