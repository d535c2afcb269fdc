import type { AccessResult, Schema } from '@smets2-sim/cosem'
import { methodOutputs } from '../objects/method-outputs.js'
import type { CosemItem } from '../use-cases/cosem-use-case.js'
import { typeProtectedResponse, typeValue } from './typed-data.js'

/** An item of a use case under its name. */
export type NamedItem = readonly [name: string, item: CosemItem]

/** Type of what an item answers with when it succeeds: the value that was read, the output of a method. */
export function answerOf(item: CosemItem): Schema<any> | undefined {
  if (item.kind === 'get' || item.kind === 'getWithSelection') return item.member.schema
  return item.kind === 'action' ? methodOutputs.get(item.member.key) : undefined
}

/** Whether a result can be the answer to this item: the same service, and data that it may give. */
export function fits([, item]: NamedItem, { kind, data }: AccessResult): boolean {
  const wanted = item.kind === 'getWithSelection' ? 'get' : item.kind === 'protectedGet' ? 'action' : item.kind
  if (kind !== wanted) return false
  if (data.type === 'null') return true
  if (item.kind === 'protectedGet') return typeProtectedResponse(data).type !== 'data'
  return typeValue(answerOf(item), data).type === 'value'
}

/**
 * Which item each result of a response answers. A response does not repeat its command, so it is found from the
 * use case: by place when every item is there, else as the one way to leave optional items out that fits. Where there
 * are several ways the results stay unnamed: undefined.
 */
export function matchResults(
  items: readonly NamedItem[],
  results: readonly AccessResult[],
): readonly NamedItem[] | undefined {
  if (items.length < results.length) return undefined
  let left = MAX_STEPS
  const found: NamedItem[][] = []
  const search = (itemAt: number, chosen: NamedItem[]): void => {
    if (found.length > 1 || --left < 0) return
    const result = results[chosen.length]
    if (!result) {
      if (items.slice(itemAt).every(isOptional)) found.push(chosen)
      return
    }
    const item = items[itemAt]
    if (!item) return
    if (fits(item, result)) search(itemAt + 1, [...chosen, item])
    if (isOptional(item)) search(itemAt + 1, chosen)
  }
  search(0, [])
  return left >= 0 && found.length === 1 ? found[0] : undefined
}
/** Bounds the search: the largest use case has 43 items, those with optional ones have 12. */
const MAX_STEPS = 2000
const isOptional = ([, item]: NamedItem): boolean => item.optional ?? false
