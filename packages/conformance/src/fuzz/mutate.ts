import { concat } from '@smets2-sim/bytes'
import type { Random } from './random.js'

/** Values that lengths, counts, tags and flags are most often wrong by. */
const interesting = [0x00, 0x01, 0x02, 0x13, 0x30, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0xa0, 0xfe, 0xff] as const
const MAX_OCTETS = 8192

type Mutation = (octets: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const replaceAt = (octets: Uint8Array, at: number, value: number): Uint8Array => {
  const changed = octets.slice()
  if (changed.length > 0) changed[at] = value & 0xff
  return changed
}
/** A place in the octets; headers, where the lengths are, come up more often. */
function place({ length }: Uint8Array, random: Random): number {
  const whole = Math.max(1, length)
  return random.below(3) === 0 ? random.below(Math.min(64, whole)) : random.below(whole)
}
const noise = (count: number, random: Random): Uint8Array => Uint8Array.from({ length: count }, () => random.octet())

const mutations: readonly Mutation[] = [
  function flipBit(octets, random) {
    const at = place(octets, random)
    return replaceAt(octets, at, (octets[at] ?? 0) ^ (1 << random.below(8)))
  },
  function setOctet(octets, random) {
    return replaceAt(octets, place(octets, random), random.octet())
  },
  function setInteresting(octets, random) {
    return replaceAt(octets, place(octets, random), random.pick(interesting))
  },
  function addSmall(octets, random) {
    const at = place(octets, random)
    return replaceAt(octets, at, (octets[at] ?? 0) + random.below(9) - 4)
  },
  function cutEnd(octets, random) {
    return octets.slice(0, random.below(octets.length + 1))
  },
  function cutOut(octets, random) {
    const at = place(octets, random)
    return concat(octets.subarray(0, at), octets.subarray(at + 1 + random.below(16)))
  },
  function insertNoise(octets, random) {
    const at = place(octets, random)
    return concat(octets.subarray(0, at), noise(1 + random.below(8), random), octets.subarray(at))
  },
  function repeatPart(octets, random) {
    const at = place(octets, random)
    const part = octets.subarray(at, at + 1 + random.below(64))
    return concat(octets.subarray(0, at), part, octets.subarray(at))
  },
  function splice(octets, random, other) {
    return concat(octets.subarray(0, place(octets, random)), other.subarray(place(other, random)))
  },
]

/** What becomes of a seed: mostly one to four mutations, now and then noise, or the seed as it is. */
export function mutate(octets: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const choice = random.below(100)
  if (choice === 0) return octets
  if (choice === 1) return noise(random.below(200), random)
  let mutated = octets
  for (let times = 1 + random.below(4); times > 0; times--) mutated = random.pick(mutations)(mutated, random, other)
  return mutated.subarray(0, MAX_OCTETS)
}
