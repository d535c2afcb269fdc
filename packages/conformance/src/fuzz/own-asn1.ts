import { type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import { buildCertificate, buildCertificationRequest, native } from '@smets2-sim/crypto'
import { type Asn1UseCase, type CommandRequest, deviceType, joinMethod } from '@smets2-sim/gbcs'

const KEY = new Uint8Array(32).fill(7)
const sign = (body: Uint8Array): Uint8Array => native.sign(KEY, body)

/** A certificate of a device and a certification request, both signed by one key. */
export function ownElements(device: Eui64): { readonly certificate: Uint8Array; readonly request: Uint8Array } {
  const publicKey = native.publicKeyOf(KEY)
  const certificate = buildCertificate(
    native,
    {
      serialNumber: Uint8Array.of(1, 2, 3),
      issuer: { commonName: 'I1', role: 7, publicKey },
      subject: { kind: 'device', entityId: device },
      publicKey,
      keyUsage: 'keyAgreement',
      notBefore: '20260101000000Z',
      notAfter: '99991231235959Z',
    },
    sign,
  )
  return { certificate, request: buildCertificationRequest(device, 'digitalSignature', publicKey, sign) }
}

const cell = { role: 2, keyUsage: 'digitalSignature', cellUsage: 0 } as const
const time = '20260101000000Z'

/** Values of commands by the shape of their payload, under the name of the first use case that has it. */
function values(device: Eui64): Readonly<Record<string, unknown>> {
  const { certificate } = ownElements(device)
  const id = eui64Bytes(device)
  const update = {
    control: {
      credentialsReplacementMode: 2,
      applyTimeBasedCPVChecks: 0,
      authorisingCell: cell,
      authorisingSeqNumber: 1000n,
      otherSeqNumberChanges: [{ role: 2, floorSeqNumber: 0n, specialist: [{ usage: 0, seqNumber: 0n }] }],
    },
    replacements: [{ certificate, cell }],
    certificationPath: [certificate],
    executionDateTime: time,
  }
  const join = {
    joinMethodAndRole: joinMethod.methodC,
    otherDeviceEntityIdentifier: id,
    otherDeviceType: deviceType.ppmid,
    otherDeviceCertificate: certificate,
  }
  return {
    CS02a: { authorisingRemotePartyTACell: cell, rolesRequired: [2, 3] },
    CS02b_supplierBySupplier: update,
    CS02c: { keyUsage: 'keyAgreement' },
    CS02d: certificate,
    CS03C: join,
    CS04B: id,
    CS06: { manufacturerImageHash: new Uint8Array(32).fill(9), originatorCounter: 1000n, executionDateTime: time },
    CS07: null,
    GCS28: { validityIntervalStart: time, validityIntervalEnd: time },
    GCS59: { entries: [{ deviceId: id, deviceType: deviceType.esme }] },
  }
}

/** Commands of an ASN.1 use case, in both forms of lengths; none for one whose shape another stands for. */
export function asn1Commands(useCase: Asn1UseCase, to: Eui64): CommandRequest[] {
  const value = values(to)[useCase.name]
  if (value === undefined) return []
  return (['twoOctets', 'shortest'] as const).map((form) => useCase.command({ to, value, form }))
}
