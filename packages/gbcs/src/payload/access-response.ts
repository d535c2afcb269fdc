import { type AccessResult, decodeAccessResponse, encodeAccessResponse } from '@smets2-sim/cosem'
import type { CosemItem, CosemUseCase } from '../use-cases/cosem-use-case.js'
import { answerOf, matchResults, type NamedItem } from './match-results.js'
import { typeProtectedResponse, typeValue, type TypedData, untype } from './typed-data.js'

/** A response of a device that speaks COSEM, its results typed by the items of the use case. */
export interface AccessResponsePayload {
  readonly format: 'accessResponse'
  readonly invokeIdAndPriority: number
  readonly results: readonly AccessResponseResult[]
}
export interface AccessResponseResult {
  readonly kind: AccessResult['kind']
  /** data-access-result or action-result; 0 is success. */
  readonly result: number
  /** Name and declaration of the item that it answers, where that is certain. */
  readonly item?: { readonly name: string; readonly declared: CosemItem }
  readonly content: TypedData
}

export function decodeAccessResponsePayload(
  useCase: CosemUseCase | undefined,
  content: Uint8Array,
): AccessResponsePayload {
  const { invokeIdAndPriority, results } = decodeAccessResponse(content)
  const matched = useCase && matchResults(useCase.sequence, results)
  return {
    format: 'accessResponse',
    invokeIdAndPriority,
    results: results.map((result, i) => typeResult(matched?.[i], result)),
  }
}

function typeResult(named: NamedItem | undefined, { kind, result, data }: AccessResult): AccessResponseResult {
  if (!named) return { kind, result, content: typeProtectedResponse(data) }
  const [name, declared] = named
  // A set, and a read that failed, give null-data: no value of the attribute.
  const content =
    declared.kind === 'protectedGet'
      ? typeProtectedResponse(data)
      : typeValue(data.type === 'null' ? undefined : answerOf(declared), data)
  return { kind, result, item: { name, declared }, content }
}

export const encodeAccessResponsePayload = (payload: AccessResponsePayload): Uint8Array =>
  encodeAccessResponse({
    invokeIdAndPriority: payload.invokeIdAndPriority,
    results: payload.results.map(({ kind, result, content }) => ({ kind, result, data: untype(content) })),
  })
