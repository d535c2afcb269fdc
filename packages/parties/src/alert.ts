import { type Eui64, GbcsError, Reader } from '@smets2-sim/bytes'
import { decodeDataNotification, decodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import {
  alertOf,
  asn1Payloads,
  decodeAsn1,
  decodeGbzAlert,
  decodeGbzExecution,
  type DecodedMessage,
  fromGeneralizedTime,
  useCaseByCode,
} from '@smets2-sim/gbcs'

/** The command whose execution, or failure to execute, an alert tells of. facts 3.5. */
export interface ExecutedCommand {
  readonly useCase: string
  readonly originatorCounter: bigint
}

/** What an alert says. */
export interface AlertReading {
  readonly code: number
  /** Name and title in the table of alerts; the code where it is in no table. */
  readonly name: string
  readonly title: string
  readonly time: UtcSeconds
  readonly executed?: ExecutedCommand
}

/** An alert as a party has got it, authentic. */
export interface Alert extends AlertReading {
  readonly from: Eui64
  readonly originatorCounter: bigint
  readonly message: DecodedMessage
}

interface Bare {
  readonly code: number
  readonly time: UtcSeconds
  readonly executed?: ExecutedCommand
}

/** Message codes of alerts about the execution of a future-dated command, by payload. */
const executionCode = { dlms: 0x00cc, gbz: 0x00cd } as const
const DATA_NOTIFICATION = 0x0f

/**
 * Reads an alert in any of its three forms. facts 4.1.
 * @throws GbcsError for a payload that is no alert
 */
export function readAlert(message: DecodedMessage): AlertReading {
  const bare = readBare(message)
  const row = alertOf(bare.code)
  const hex = bare.code.toString(16).toUpperCase()
  return { ...bare, name: row?.name ?? hex, title: row?.title ?? `alert ${hex}` }
}

function readBare({ content, otherInformation: { messageCode } }: DecodedMessage): Bare {
  const type = asn1Payloads.get(messageCode)?.alert
  if (type) return readAsn1(decodeAsn1(type, content).value as Record<string, unknown>, messageCode)
  return content[0] === DATA_NOTIFICATION ? readDlms(content, messageCode) : readGbz(content, messageCode)
}

function readDlms(content: Uint8Array, messageCode: number): Bare {
  const { body } = decodeDataNotification(content)
  const [code, time, detail] = body.type === 'structure' ? body.items : []
  if (code?.type !== 'longUnsigned' || time?.type !== 'octetString')
    throw new GbcsError('invalidValue', 'an alert starts with its code and its time')
  const executed =
    messageCode === executionCode.dlms && detail?.type === 'octetString' ? executedIn(detail.bytes) : undefined
  return { code: code.value, time: decodeDateTime(time.bytes).time, ...(executed && { executed }) }
}

function executedIn(octets: Uint8Array): ExecutedCommand {
  const reader = new Reader(octets)
  return executedCommand(reader.u16('message code'), reader.u64('originator counter'))
}

function readGbz(octets: Uint8Array, messageCode: number): Bare {
  const { alertCode, time, content } = decodeGbzAlert(octets)
  if (messageCode !== executionCode.gbz || !content) return { code: alertCode, time }
  const execution = decodeGbzExecution(content)
  return { code: alertCode, time, executed: executedCommand(execution.messageCode, execution.originatorCounter) }
}

/** Names of the fields of an alert structure that hold its time and the counter of its command. */
function readAsn1(value: Record<string, unknown>, messageCode: number): Bare {
  const time = (value['executionDateTime'] ?? value['backupDateTime'] ?? value['time']) as string
  const outcome = value['executionOutcome'] as { authorisingSeqNumber?: bigint } | undefined
  const counter = (value['originatorCounter'] as bigint | undefined) ?? outcome?.authorisingSeqNumber
  return {
    code: value['alertCode'] as number,
    time: fromGeneralizedTime(time),
    ...(counter !== undefined && { executed: { useCase: useCaseOfAlert(messageCode), originatorCounter: counter } }),
  }
}
const useCaseOfAlert = (messageCode: number): string =>
  messageCode === 0x00ca ? 'CS06' : messageCode === 0x0124 ? 'CS02g' : 'CS02b'

const executedCommand = (messageCode: number, originatorCounter: bigint): ExecutedCommand => ({
  useCase: useCaseByCode(messageCode)?.name ?? messageCode.toString(16).padStart(4, '0'),
  originatorCounter,
})
