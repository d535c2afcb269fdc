import { readFile } from 'node:fs/promises'
import { equalBytes } from '@smets2-sim/bytes'
import { Premises } from '../premises/premises.js'
import { VirtualTime } from '../world/virtual-time.js'
import { decodeRecording } from './recorder.js'

export interface Replay {
  /** Whether the home sent the same octets at the same times. */
  readonly identical: boolean
  /** Where it first did not. */
  readonly difference?: string
  readonly inputs: number
  readonly outputs: number
  /** The home as it is at the end: for a look inside. */
  readonly premises: Premises
}

/** Makes the home of a recording again, gives it the same inputs at the same times, and compares what it sends. */
export function replay(octets: Uint8Array): Replay {
  const { config, inputs, outputs, end } = decodeRecording(octets)
  const premises = new Premises(config)
  const { world } = premises
  world.pacemaker = new VirtualTime(world)
  const sent: (readonly [number, Uint8Array])[] = []
  premises.onOutput = (message) => sent.push([world.nowMs, message])
  for (const [at, input] of inputs) {
    world.replayTo(...at)
    premises.input(input)
  }
  world.replayTo(...end)
  const difference = firstDifference(outputs, sent)
  return {
    identical: difference === undefined,
    ...(difference !== undefined && { difference }),
    inputs: inputs.length,
    outputs: sent.length,
    premises,
  }
}

type Sent = readonly (readonly [atMs: number, message: Uint8Array])[]

function firstDifference(recorded: Sent, sent: Sent): string | undefined {
  for (let i = 0; i < Math.max(recorded.length, sent.length); i++) {
    const [was, is] = [recorded[i], sent[i]]
    if (!was || !is) return `message ${i + 1} ${was ? 'is missing' : 'was not there'}`
    if (was[0] !== is[0]) return `message ${i + 1} leaves at ${is[0]} ms, not at ${was[0]} ms`
    if (!equalBytes(was[1], is[1])) return `message ${i + 1} has other octets`
  }
  return undefined
}

/** The same for a file that `Home.record` has written. */
export const replayFile = async (path: string): Promise<Replay> => replay(new Uint8Array(await readFile(path)))
