import { type Eui64, eui64, GbcsError } from '@smets2-sim/bytes'
import { encodeDataNotification, encodeDateTime } from '@smets2-sim/cosem'
import {
  allUseCases,
  type CommandRequest,
  encodeGbzAlert,
  encodeMessage,
  type GbcsMessage,
  genericAlertMessageCode,
  type GbzUseCase,
  notificationContent,
} from '@smets2-sim/gbcs'
import { decodeFields } from '@smets2-sim/zcl'
import { asn1Commands } from './own-asn1.js'
import { cosemCommand, cosemResponse } from './own-cosem.js'

const party = eui64('a0b0c0d0e0f00001')
const device = eui64('a0b0c0d0e0f00002')
const context = { originatorCounter: 1000n, originator: party, target: device }

/** A message with octets in the place of a signature and a MAC: decoders do not check them. */
function frame(kind: GbcsMessage['kind'], messageCode: number, content: Uint8Array): Uint8Array {
  const [originator, target] = kind === 'command' ? [party, device] : [device, party]
  return encodeMessage({
    kind,
    originatorCounter: context.originatorCounter,
    originator,
    target,
    otherInformation: { messageCode },
    content,
    signature: new Uint8Array(64).fill(0x11),
    ...(kind === 'command' && { mac: new Uint8Array(12).fill(0x22) }),
  })
}

/** A message of every use case and alert, from the initial values of its items: seeds that need no reference set. */
export function ownMessages(): Uint8Array[] {
  return [...commands(), ...responses(), ...alerts()]
}

function commands(): Uint8Array[] {
  return allUseCases().flatMap((useCase) => {
    const requests: readonly CommandRequest[] =
      useCase.payload === 'cosem'
        ? [cosemCommand(useCase, device)]
        : useCase.payload === 'gbz'
          ? [gbzCommand(useCase, device)]
          : asn1Commands(useCase, device)
    return requests.map((request) => frame('command', useCase.code, request.payload(context)))
  })
}

function responses(): Uint8Array[] {
  return allUseCases().flatMap((useCase) =>
    useCase.payload === 'cosem' ? [frame('response', useCase.code, cosemResponse(useCase, context))] : [],
  )
}

/** Every item of a use case once, its fields 0. */
export const gbzCommand = (useCase: GbzUseCase, to: Eui64): CommandRequest =>
  useCase.command({
    to,
    parts: Object.entries(useCase.items).map(([item, { attributes, definition }]) => ({
      item,
      fields: attributes ? {} : fieldsOfZeros(definition),
    })),
  })

/** The fields of the shortest payload of zeros that a command has. */
function fieldsOfZeros(definition: GbzUseCase['items'][string]['definition']): Readonly<Record<string, unknown>> {
  for (let octets = 0; octets < 200; octets++)
    try {
      return decodeFields(definition, new Uint8Array(octets)) as Readonly<Record<string, unknown>>
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
    }
  throw new GbcsError('unsupported', `no payload of zeros fits command ${definition.id}`)
}

function alerts(): Uint8Array[] {
  const head = [
    { type: 'longUnsigned', value: 0x810e },
    { type: 'octetString', bytes: encodeDateTime(0) },
  ] as const
  const dlms = Object.entries(notificationContent).map(([code, schema]) => {
    const content = schema.encode(schema.initial as never)
    const items = content.type === 'structure' ? content.items : []
    const body = { type: 'structure', items: [...head, ...items] } as const
    return frame('alert', Number(code), encodeDataNotification({ invokeIdAndPriority: 0x20000001, body }))
  })
  const gbz = frame('alert', genericAlertMessageCode.critical, encodeGbzAlert({ alertCode: 0x8f30, time: 0 }))
  return [...dlms, gbz]
}
