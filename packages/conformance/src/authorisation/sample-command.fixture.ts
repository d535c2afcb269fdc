import { eui64Bytes, GbcsError } from '@smets2-sim/bytes'
import type { Eui64 } from '@smets2-sim/bytes'
import {
  addressOf,
  type Asn1UseCase,
  CANCEL_TIME,
  type CommandRequest,
  type CosemItem,
  type CosemUseCase,
  deviceType,
  type GbzItem,
  type GbzUseCase,
  joinMethod,
  remotePartyRole,
  type RemotePartyRole,
  type UseCase,
} from '@smets2-sim/gbcs'
import type { PartyRole, TestSmki } from '@smets2-sim/parties'
import { decodeFields } from '@smets2-sim/zcl'

// A command of any use case that says nothing in particular: whether it may be given is what matters.

/** The message of a use case for a device, as a party in a role gives it. */
export function sampleCommand(useCase: UseCase, to: Eui64, role: RemotePartyRole, smki: TestSmki) {
  switch (useCase.payload) {
    case 'cosem':
      return cosemSample(useCase, to)
    case 'gbz':
      return gbzSample(useCase, to)
    case 'asn1':
      return (originatorCounter: bigint): CommandRequest =>
        useCase.command({ to: addressOf(to), value: asn1Sample(useCase, { role, originatorCounter, smki }) })
  }
}

function cosemSample(useCase: CosemUseCase, to: Eui64): CommandRequest<any> {
  const parts = useCase.sequence
    .filter(([, item]) => !item.optional)
    .map(([name, item]) => ({ item: name, value: argumentOf(item) }))
  return useCase.commandOf(to, parts)
}
function argumentOf(item: CosemItem): unknown {
  const range = { from: 0, to: 1 }
  switch (item.kind) {
    case 'get':
      return true
    case 'getWithSelection':
      return range
    case 'protectedGet':
      return item.ranged ? range : true
    case 'set':
      return item.member.schema.initial
    case 'action':
      return 'constant' in item ? true : item.member.schema.initial
  }
}

const gbzSample = (useCase: GbzUseCase, to: Eui64): CommandRequest<any> =>
  useCase.command({
    to,
    parts: Object.entries(useCase.items)
      .slice(0, 1)
      .map(([item, row]) => ({ item, fields: row.attributes ? {} : emptyFields(row) })),
  })
/** A list of no events: without its count, the payload would be none. */
const noEvents = { eventConfigurationPayload: new Uint8Array(1) }
/** Fields of the shortest payload of zeros that is one of the command, with the parameter by which its use case knows it. */
function emptyFields({ definition, parameters }: GbzItem): Readonly<Record<string, unknown>> {
  const shortest = shortestFields(definition)
  const fields = 'eventConfigurationPayload' in shortest ? { ...shortest, ...noEvents } : shortest
  if (!parameters || parameters(fields)) return fields
  for (const [name, value] of Object.entries(fields))
    for (let other = 1; typeof value === 'number' && other < 256; other++)
      if (parameters({ ...fields, [name]: other })) return { ...fields, [name]: other }
  throw new TypeError('no single parameter makes it one of the command')
}
function shortestFields(definition: GbzItem['definition']): Readonly<Record<string, unknown>> {
  for (let length = 0; length < 256; length++)
    try {
      return decodeFields(definition, new Uint8Array(length))
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
    }
  throw new TypeError('no payload of zeros is one of the command')
}

interface Asn1Context {
  readonly role: RemotePartyRole
  readonly originatorCounter: bigint
  readonly smki: TestSmki
}
const cellOf = (role: RemotePartyRole, keyUsage = 'digitalSignature') => ({
  role: remotePartyRole[role],
  keyUsage,
  cellUsage: 0,
})
const nobody = 'ffffffffffffff01' as Eui64

/** Role whose signing credential each mode of CS02b and CS02g replaces here. */
const replaced: Readonly<Record<number, PartyRole>> = {
  2: 'supplier',
  3: 'networkOperator',
  4: 'accessControlBroker',
  5: 'wanProvider',
  6: 'transitionalCoS',
  7: 'supplier',
  8: 'supplier',
  9: 'supplier',
  10: 'loadController',
  11: 'loadController',
}
const modeOf = ({ code }: UseCase): number => (code < 0x0120 ? code - 0x0100 : code - 0x0125 + 10)

/** An order that cancels one that was never given: valid, and without an effect. */
function updateSample(useCase: UseCase, { role, originatorCounter, smki }: Asn1Context) {
  const mode = modeOf(useCase)
  const party = replaced[mode]
  return {
    control: {
      credentialsReplacementMode: mode,
      ...(mode === 9 && { plaintextSymmetricKey: new Uint8Array(16) }),
      applyTimeBasedCPVChecks: 0,
      authorisingCell: cellOf(role),
      authorisingSeqNumber: originatorCounter,
    },
    replacements: [
      party
        ? { certificate: smki.organisation(party, nobody).certificates.digitalSignature, cell: cellOf(party) }
        : { certificate: smki.issuers.organisationRoot.certificate, cell: cellOf('root', 'keyCertSign') },
    ],
    certificationPath: smki.certificationPath,
    executionDateTime: CANCEL_TIME,
  }
}

function asn1Sample(useCase: Asn1UseCase, context: Asn1Context): unknown {
  const { role, originatorCounter, smki } = context
  const join = (method: keyof typeof joinMethod) => ({
    joinMethodAndRole: joinMethod[method],
    otherDeviceEntityIdentifier: eui64Bytes(nobody),
    otherDeviceType: deviceType.chf,
  })
  const time = '20260101000000Z'
  const samples: Readonly<Record<string, unknown>> = {
    CS02a: { authorisingRemotePartyTACell: cellOf(role), rolesRequired: [2] },
    CS02f: { authorisingRemotePartyTACell: cellOf(role), rolesRequired: [8] },
    CS02c: { keyUsage: 'keyAgreement' },
    CS02d: smki.device(nobody).certificates.keyAgreement,
    CS02e: { keyUsage: 'keyAgreement' },
    CS03A1: join('methodAInitiator'),
    CS03A2: join('methodAResponder'),
    CS03B: join('methodB'),
    CS03C: join('methodC'),
    CS04AC: eui64Bytes(nobody),
    CS04B: eui64Bytes(nobody),
    CS06: { manufacturerImageHash: new Uint8Array(32), originatorCounter, executionDateTime: CANCEL_TIME },
    CS07: null,
    CS08: null,
    GCS28: { validityIntervalStart: time, validityIntervalEnd: time },
    GCS59: { entries: [] },
  }
  const sample =
    useCase.name.startsWith('CS02b') || useCase.name.startsWith('CS02g')
      ? updateSample(useCase, context)
      : samples[useCase.name]
  if (sample === undefined) throw new TypeError(`no sample of ${useCase.name}`)
  return sample
}
