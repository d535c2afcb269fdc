import type { Eui64 } from '@smets2-sim/bytes'
import { accessResult, type Data, encodeAccessResponse, nullData } from '@smets2-sim/cosem'
import {
  type CommandRequest,
  type CosemItem,
  type CosemUseCase,
  encodeProtectedResponse,
  encryptionTransactionId,
  longInvokeId,
  type MessageContext,
  type TimeRange,
} from '@smets2-sim/gbcs'

/** How the items of a command get their values. */
export interface OwnValues {
  /** Of a log. */
  readonly range: TimeRange
  /** What is sent in the place of the initial value of a type. */
  readonly instead: (initial: unknown) => unknown
}
const plain: OwnValues = { range: { from: 0, to: 86_400 }, instead: (initial) => initial }

/** What an item of a command gets: the initial value of its type, a range for a log. */
function argumentOf(item: CosemItem, { range, instead }: OwnValues): unknown {
  if (item.kind === 'set') return instead(item.member.schema.initial)
  if (item.kind === 'action') return 'constant' in item ? true : instead(item.member.schema.initial)
  if (item.kind === 'getWithSelection') return range
  return item.kind === 'protectedGet' && item.ranged ? range : true
}

/** Every item of a use case with its initial value. */
export const cosemCommand = (useCase: CosemUseCase, to: Eui64, values = plain): CommandRequest =>
  useCase.commandOf(
    to,
    useCase.sequence.map(([item, declared]) => ({ item, value: argumentOf(declared, values) })),
  )

const SEALED = Uint8Array.from({ length: 40 }, (_, i) => (i === 0 ? 0x31 : i < 5 ? 0 : i))

function answerTo(item: CosemItem, { originatorCounter, originator, target }: MessageContext): Data {
  if (item.kind === 'get' || item.kind === 'getWithSelection')
    return item.member.schema.encode(item.member.schema.initial)
  if (item.kind !== 'protectedGet') return nullData
  const transactionId = encryptionTransactionId(originatorCounter)
  return encodeProtectedResponse({
    parameters: { transactionId, originator: target, recipient: originator },
    sealed: SEALED,
  })
}

/** The response of a device whose items have their initial values. */
export const cosemResponse = (useCase: CosemUseCase, context: MessageContext): Uint8Array =>
  encodeAccessResponse({
    invokeIdAndPriority: longInvokeId(context.originatorCounter),
    results: useCase.sequence.map(([, item]) => ({
      kind: item.kind === 'set' ? 'set' : item.kind === 'action' || item.kind === 'protectedGet' ? 'action' : 'get',
      result: accessResult.success,
      data: answerTo(item, context),
    })),
  })
