import { equalBytes, eui64, GbcsError } from '@smets2-sim/bytes'
import { type Certificate, parseCertificate } from '@smets2-sim/crypto'
import {
  activateCommand,
  type activateOutcome,
  asn1Payloads,
  type Asn1Value,
  decodeAsn1,
  type deviceLogEntry,
  fromGeneralizedTime,
  roleName,
  type updateCommand,
  type updateOutcome,
} from '@smets2-sim/gbcs'
import {
  anchorOf,
  asn1FaultKey,
  cellNameOf,
  firmwareImage,
  firmwareVersion,
  ownCertificate,
  setDeviceLog,
} from '@smets2-sim/firmware'
import type { PrimeContext } from './context.js'

type Rule = (context: PrimeContext, command: any, response: any) => void

/** A result code other than 0 was a fault of the use case. */
const resultCode: Rule = ({ device, command, injectFaults }, _command, result: number) => {
  if (injectFaults && result !== 0)
    device.faults.inject(asn1FaultKey(command.useCase.replace(/(Non)?Critical$/, '')), result)
}
const failureCode: Rule = (context, command, response: { kind: string; value: number }) => {
  if (response.kind === 'failure') resultCode(context, command, response.value)
}

/** Who was in the cells, by the key identifiers that the outcome quotes. */
function primeCells(
  { set, device }: PrimeContext,
  command: Asn1Value<typeof updateCommand>,
  outcome: Asn1Value<typeof updateOutcome>,
): void {
  const known: Certificate[] = [
    ...set.certificates.map((one) => one.certificate),
    ...command.replacements.flatMap(({ certificate }) => parsed(certificate)),
  ]
  for (const { cell, existingSubjectKeyIdentifier: id } of outcome.replacements) {
    const name = cellNameOf(cell)
    const certificate = known.find(({ subjectKeyIdentifier }) => equalBytes(subjectKeyIdentifier, id))
    if (name && certificate) device.anchors.set(name, anchorOf(certificate))
  }
}
function parsed(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (error instanceof GbcsError) return []
    throw error
  }
}

const primeImage = ({ device }: PrimeContext, hash: Uint8Array, outcome: Asn1Value<typeof activateOutcome>): void => {
  const { activateImageResponseCode: code, firmwareVersion: version } = outcome
  if (code === 0) device.items.write(firmwareImage, { manufacturerImageHash: hash, firmwareVersion: version })
  else device.items.write(firmwareVersion, version)
}

const logEntries = (entries: readonly Asn1Value<typeof deviceLogEntry>[]) =>
  entries.map(({ deviceId, deviceType }) => ({ deviceId: eui64(deviceId), deviceType }))

/** How the state of a device is read out of the response to a use case, by the name of the use case. */
const rules: readonly (readonly [pattern: RegExp, rule: Rule])[] = [
  [
    /^CS02[af]/,
    ({ set, device, injectFaults, command }, _command, response: any[]) => {
      for (const { role, statusCode, currentSeqNumber, cells } of response) {
        const name = roleName(role)
        if (statusCode !== 0 && injectFaults)
          device.faults.inject(asn1FaultKey(command.useCase.slice(0, 5)), statusCode)
        if (!name) continue
        if (currentSeqNumber !== undefined) device.counters.setFloor(name, currentSeqNumber)
        for (const { keyUsage, cellUsage, existingSubjectKeyIdentifier: id } of cells ?? []) {
          const cell = cellNameOf({ role, keyUsage, cellUsage })
          const certificate = set.certificates
            .map((one) => one.certificate)
            .find((one) => equalBytes(one.subjectKeyIdentifier, id))
          if (cell && certificate) device.anchors.set(cell, anchorOf(certificate))
        }
      }
    },
  ],
  [
    /^CS02[bg]/,
    (context, command, { executionOutcome }) => {
      const outcome = executionOutcome ?? outcomeOfAlert(context)
      if (outcome) primeCells(context, command, outcome)
    },
  ],
  [/^CS02c/, failureCode],
  [/^CS02d/, resultCode],
  [
    /^CS02e/,
    (context, { keyUsage }, response) => {
      if (response.kind === 'certificate') context.device.items.write(ownCertificate(keyUsage), response.value)
      else failureCode(context, undefined, response)
    },
  ],
  [/^CS03/, resultCode],
  [
    /^CS04/,
    (context, id: Uint8Array, result: number) => {
      if (result === 0) setDeviceLog(context.device, [{ deviceId: eui64(id), deviceType: 6 }])
      else resultCode(context, id, result)
    },
  ],
  [
    /^CS06/,
    (context, command: Asn1Value<typeof activateCommand>, response) => {
      const outcome = response.kind === 'executed' ? response.value : outcomeOfAlert(context)
      if (outcome) primeImage(context, command.manufacturerImageHash, outcome)
      if (outcome && context.injectFaults && outcome.activateImageResponseCode !== 0)
        context.device.faults.inject(asn1FaultKey('CS06'), outcome.activateImageResponseCode)
    },
  ],
  [
    /^CS07/,
    ({ device, injectFaults }, _command, { status, entries }) => {
      if (entries) setDeviceLog(device, logEntries(entries))
      if (status !== 0 && injectFaults) device.faults.inject(asn1FaultKey('CS07'), status)
    },
  ],
  [
    /^CS08/,
    ({ device, injectFaults }, _command, { firmwareVersion: version, status }) => {
      device.items.write(firmwareVersion, version)
      if (status !== 0 && injectFaults) device.faults.inject(asn1FaultKey('CS08'), status)
    },
  ],
  [/^GCS28/, ({ device }, _command, { deviceTime }) => device.clock.set(fromGeneralizedTime(deviceTime))],
]

/** Rules for responses that are ASN.1 structures: one for each structure. */
export function primeAsn1(context: PrimeContext): void {
  const { command, response } = context
  const types = asn1Payloads.get(command.message.otherInformation.messageCode)
  if (!types?.command || !types.response) return
  const rule = rules.find(([pattern]) => pattern.test(command.useCase))?.[1]
  rule?.(
    context,
    decodeAsn1(types.command, command.message.content).value,
    decodeAsn1(types.response, response.message.content).value,
  )
}

/** The outcome that the alert of a dated command reports: the state before it is the same as for one that is executed at once. */
function outcomeOfAlert({ alerts: found }: PrimeContext): any {
  for (const { message } of found) {
    const type = asn1Payloads.get(message.otherInformation.messageCode)?.alert
    if (type) return (decodeAsn1(type, message.content).value as { executionOutcome?: unknown }).executionOutcome
  }
  return undefined
}
