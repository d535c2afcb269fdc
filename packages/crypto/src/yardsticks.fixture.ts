import { existsSync, readFileSync } from 'node:fs'

const near = new URL('../../../../shared', import.meta.url).pathname
const rtdsDir = process.env['RTDS_DIR'] ?? `${near}/rtds`

/** The first of the places where there is something, or undefined: the tests that need it are skipped, and say so. */
function firstOf(...places: string[]): string | undefined {
  const found = places.find((place) => existsSync(place))
  if (!found) console.warn(`${places[0]} not found: its tests are skipped`)
  return found
}
/** Wycheproof vectors. */
export const wycheproof = firstOf(`${near}/wycheproof`, `${rtdsDir}/../wycheproof`)
/** Published examples of key derivation, step by step. */
export const cryptoVectors = firstOf(`${near}/facts/crypto_vectors.json`, `${rtdsDir}/../facts/crypto_vectors.json`)
/** Certificates of the reference messages, with the keys of their issuers beside them. */
export const referenceCertificates = firstOf(`${rtdsDir}/certificates`)

export const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
/** Repeatable octets. */
export const random = (seed: number) => (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (seed * 31 + i * 7 + 1) & 0xff)
