import { GbcsError } from '@smets2-sim/bytes'
import { Encoder } from 'cbor-x'
import type { HomeConfig } from '../config/home-config.js'
import type { HomeInput } from '../premises/input.js'
import type { Premises } from '../premises/premises.js'

/** A moment in the history of a home: milliseconds since 2000-01-01 UTC, and how many events had run. */
export type Moment = readonly [atMs: number, steps: number]

/** What happened to a home and what it sent. */
export interface Recording {
  readonly version: 1
  readonly config: HomeConfig
  readonly inputs: readonly (readonly [at: Moment, input: HomeInput])[]
  readonly outputs: readonly (readonly [atMs: number, message: Uint8Array])[]
  /** Up to when it was recorded. */
  readonly end: Moment
}

const codec = new Encoder({
  mapsAsObjects: true,
  useRecords: false,
  tagUint8Array: false,
  int64AsType: 'bigint',
} as never)

/** Writes down all inputs and outputs of a home. */
export class Recorder {
  readonly #premises: Premises
  readonly #inputs: (readonly [Moment, HomeInput])[] = []
  readonly #outputs: (readonly [number, Uint8Array])[] = []

  constructor(premises: Premises) {
    this.#premises = premises
    premises.onInput = (input) => this.#inputs.push([this.#now, input])
    premises.onOutput = (message) => this.#outputs.push([premises.world.nowMs, message])
  }
  get #now(): Moment {
    const { nowMs, steps } = this.#premises.world
    return [nowMs, steps]
  }
  encode(): Uint8Array {
    const recording: Recording = {
      version: 1,
      config: this.#premises.config,
      inputs: this.#inputs,
      outputs: this.#outputs,
      end: this.#now,
    }
    return codec.encode(recording)
  }
}

/** @throws GbcsError `invalidValue` for octets that are no recording */
export function decodeRecording(octets: Uint8Array): Recording {
  let recording: Recording
  try {
    recording = codec.decode(octets) as Recording
  } catch {
    throw new GbcsError('invalidValue', 'the recording is no CBOR')
  }
  if (recording?.version !== 1 || !Array.isArray(recording.inputs) || !Array.isArray(recording.outputs))
    throw new GbcsError('invalidValue', 'the octets are no recording of version 1')
  return recording
}
