import { GbcsError } from '@smets2-sim/bytes'
import { parseCertificate, parseCertificationRequest } from '@smets2-sim/crypto'
import { roleName } from '../roles.js'
import { type JsonObject, objectJson, toJson } from './json.js'

/** A certificate or a certification request of the SMKI for people, or undefined when the octets are neither. */
export const describeElement = (der: Uint8Array): JsonObject | undefined =>
  attempt(() => describeCertificate(der)) ?? attempt(() => describeRequest(der))

function attempt(describe: () => JsonObject): JsonObject | undefined {
  try {
    return describe()
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

function describeCertificate(octets: Uint8Array): JsonObject {
  const { der, role, tbs: _tbs, ...fields } = parseCertificate(octets)
  const roleText = role === undefined ? {} : { role: roleName(role) ?? role }
  return { ...objectJson(fields), ...roleText, der: toJson(der) }
}

function describeRequest(octets: Uint8Array): JsonObject {
  const { isPossessed: _isPossessed, ...fields } = parseCertificationRequest(octets)
  return { ...objectJson(fields), der: toJson(octets) }
}
