import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import { buildCertificationRequest, type Certificate, type KeyUsage, parseCertificate } from '@smets2-sim/crypto'
import { type AlertName, deviceCertificateResult, issueFailure, provideCertificateFailure } from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import { type Asn1Executor, asn1FaultKey } from '../asn1/executor.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** The device's own certificate for a key usage (DER). */
export const ownCertificate = (usage: KeyUsage): Item<Uint8Array | undefined> =>
  item(`ownCertificate.${usage}`, undefined)

const isDeviceUsage = (usage: string): usage is KeyUsage => usage === 'digitalSignature' || usage === 'keyAgreement'

/** CS02c, Issue Security Credentials: makes a key pair and asks for its certificate. facts 7.6. */
export const issueCredentials: Asn1Executor = {
  execute({ device }, { keyUsage }: { keyUsage: string }) {
    const fault = device.faults.take(asn1FaultKey('CS02c'))
    const failure = (value: number) => ({ value: { kind: 'failure', value }, ok: false })
    if (fault !== undefined) return failure(fault)
    if (!isDeviceUsage(keyUsage)) return failure(issueFailure.invalidKeyUsage)
    const { keys, entropy } = device.ports
    const publicKey = attempt(() => keys.generate(keyUsage, (count) => entropy.bytes(count)))
    if (!publicKey) return failure(issueFailure.keyPairGenerationFailed)
    const request = attempt(() =>
      buildCertificationRequest(device.id, keyUsage, publicKey, (body) => keys.signPending(keyUsage, body)),
    )
    if (!request) return failure(issueFailure.certificationRequestProductionFailed)
    return { value: { kind: 'certificationRequest', value: request }, ok: true }
  },
}

/** CS02d, Update Device Certificate: the certificate of a key pair that waits; the pair then takes over. facts 7.6. */
export const updateDeviceCertificate: Asn1Executor = {
  execute(execution, der: Uint8Array) {
    const { device } = execution
    const certificate = attempt(() => parseCertificate(der))
    const usage = certificate?.keyUsage.find(isDeviceUsage)
    const value = device.faults.take(asn1FaultKey('CS02d')) ?? judge(device, certificate, usage)
    const ok = value === deviceCertificateResult.success
    if (ok && usage) {
      device.items.write(ownCertificate(usage), der)
      // the response to this command is still signed with the key under which the command was accepted; the certificate
      // is kept first: a power cut between the two ends in `settleOwnKeys`
      execution.afterwards(() => {
        device.save()
        device.ports.keys.promote(usage)
      })
    }
    raise(device, outcomes[usage ?? 'digitalSignature'][ok ? 1 : 0])
    return { value, ok }
  },
}
const outcomes: Readonly<Record<KeyUsage, readonly [AlertName, AlertName]>> = {
  digitalSignature: [
    'ownDigitalSigningCertificateReplacementFailed',
    'ownDigitalSigningCertificateReplacementSucceeded',
  ],
  keyAgreement: ['ownKeyAgreementCertificateReplacementFailed', 'ownKeyAgreementCertificateReplacementSucceeded'],
}

/** After a restart: a pair that waits although its certificate has been accepted is the one in use from now on. */
export function settleOwnKeys(device: Device): void {
  const { keys } = device.ports
  for (const usage of ['digitalSignature', 'keyAgreement'] as const) {
    const pending = keys.pendingKey(usage)
    const der = pending && device.items.read(ownCertificate(usage))
    const certificate = der && attempt(() => parseCertificate(der))
    if (pending && certificate && equalBytes(certificate.publicKey, pending)) keys.promote(usage)
  }
}

function judge(device: Device, certificate: Certificate | undefined, usage: KeyUsage | undefined): number {
  if (!certificate) return deviceCertificateResult.invalidCertificate
  if (certificate.entityId !== device.id || certificate.role !== undefined)
    return deviceCertificateResult.wrongDeviceIdentity
  if (!usage || certificate.keyUsage.length !== 1) return deviceCertificateResult.invalidKeyUsage
  const pending = device.ports.keys.pendingKey(usage)
  if (!pending) return deviceCertificateResult.noCorrespondingKeyPairGenerated
  return equalBytes(pending, certificate.publicKey)
    ? deviceCertificateResult.success
    : deviceCertificateResult.wrongPublicKey
}

/** What `body` gives, or undefined when the octets or the key store do not let it. */
function attempt<T>(body: () => T): T | undefined {
  try {
    return body()
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** CS02e, Provide Device Certificate. facts 7.6. */
export const provideDeviceCertificate: Asn1Executor = {
  execute({ device }, { keyUsage }: { keyUsage: string }) {
    const failure = (value: number) => ({ value: { kind: 'failure', value }, ok: false })
    const fault = device.faults.take(asn1FaultKey('CS02e'))
    if (fault !== undefined) return failure(fault)
    if (!isDeviceUsage(keyUsage)) return failure(provideCertificateFailure.invalidKeyUsage)
    const certificate = device.items.read(ownCertificate(keyUsage))
    if (!certificate) return failure(provideCertificateFailure.noCertificateHeld)
    return { value: { kind: 'certificate', value: certificate }, ok: true }
  },
}
