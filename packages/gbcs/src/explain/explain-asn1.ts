import {
  activateResult,
  deviceCertificateResult,
  deviceTimeStatus,
  deviceType,
  issueFailure,
  joinMethod,
  joinResult,
  provideCertificateFailure,
  replacementStatus,
  unjoinResult,
} from '../asn1/index.js'
import type { Asn1Payload } from '../payload/payload.js'
import { remotePartyRole } from '../roles.js'
import { useCaseByCode } from '../use-cases/index.js'
import { describeAlert } from './describe-alert.js'
import { describeElement } from './describe-certificate.js'
import { type Json, type JsonObject, type Rendering, toJson } from './json.js'

/** Numbers that stand for something, by the field that holds them. */
const fieldNames: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  role: remotePartyRole,
  rolesRequired: remotePartyRole,
  statusCode: replacementStatus,
  otherDeviceType: deviceType,
  deviceType,
  joinMethodAndRole: joinMethod,
  joinResponseCode: joinResult,
  activateImageResponseCode: activateResult,
  deviceTimeStatus,
}
/** Those that are the whole response of a use case, or the failure in it. */
const resultNames: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CS02c: issueFailure,
  CS02d: deviceCertificateResult,
  CS02e: provideCertificateFailure,
  CS03A1: joinResult,
  CS03A2: joinResult,
  CS03B: joinResult,
  CS03C: joinResult,
  CS04AC: unjoinResult,
  CS04B: unjoinResult,
}

const nameIn = (table: Readonly<Record<string, number>> | undefined, value: number): string | undefined =>
  Object.entries(table ?? {}).find(([, code]) => code === value)?.[0]

const render: Rendering = (value, key) => {
  if (value instanceof Uint8Array) return value[0] === SEQUENCE ? describeElement(value) : undefined
  if (typeof value !== 'number' || key === undefined) return undefined
  return nameIn(fieldNames[key], value)
}
const SEQUENCE = 0x30

/** An ASN.1 structure by the names of its fields; a bare result as its number and name. */
export function explainAsn1({ messageCode, kind, value }: Asn1Payload): JsonObject {
  const head = { format: 'asn1' }
  if (kind === 'alert') return { ...head, ...explainAlert(value as { readonly alertCode: number }) }
  return { ...head, value: resultOf(resultNames[useCaseByCode(messageCode)?.name ?? ''], value) }
}

function explainAlert({ alertCode, ...fields }: { readonly alertCode: number }): JsonObject {
  return { ...describeAlert(alertCode), ...(toJson(fields, render) as JsonObject) }
}

function resultOf(names: Readonly<Record<string, number>> | undefined, value: unknown): Json {
  if (typeof value === 'number' && names) return { result: value, resultName: nameIn(names, value) ?? null }
  if (isFailure(value)) return { kind: value.kind, value: resultOf(names, value.value) }
  return toJson(value, render)
}
const isFailure = (value: unknown): value is { readonly kind: 'failure'; readonly value: number } =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'failure'
