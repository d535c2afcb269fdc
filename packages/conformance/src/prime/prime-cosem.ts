import { GbcsError } from '@smets2-sim/bytes'
import { type AccessItem, accessResult, type Data, decodeAccessRequest, decodeAccessResponse } from '@smets2-sim/cosem'
import {
  decodeDateTimeRange,
  decodeProtectedRequest,
  decodeProtectedResponse,
  decodeProtectedValues,
  decodeRange,
  isProtectedGet,
  memberKey,
  type TimeRange,
} from '@smets2-sim/gbcs'
import { type Device, isLog, primeAttributeData, primeMethodData } from '@smets2-sim/firmware'
import type { PrimeContext } from './context.js'

/**
 * Rule for a COSEM response: an attribute that was read has the value that the response shows; a method that succeeded
 * found a state that allows it; an item that failed had a fault. A log gets entries outside the range that was asked for besides, so that the selection is tested.
 */
export function primeCosem({ device, command, response, open, injectFaults }: PrimeContext): void {
  const { items } = decodeAccessRequest(command.message.content)
  const { results } = decodeAccessResponse(response.message.content)
  items.forEach((item, i) => {
    const { result, data } = results[i] ?? { result: accessResult.success, data: { type: 'null' } as Data }
    const key = memberKey(item.kind === 'action' ? 'method' : 'attribute', item.classId, item.logicalName, item.index)
    if (result !== accessResult.success) {
      // only the first failure is a fault: what follows it is not attempted
      if (injectFaults && results.slice(0, i).every((before) => before.result === accessResult.success))
        device.faults.inject(key, result)
    } else if (isProtectedGet(item)) primeProtected(item, data)
    else if (item.kind === 'get') primeAttributeData(device, key, data)
    else if (item.kind === 'getWithSelection')
      primeLog(key, data, item.selection && decodeRange(1, item.selection.parameters))
    else if (item.kind === 'action') primeMethodData(device, key, item.data)
  })

  function primeProtected(item: AccessItem, data: Data): void {
    const plaintext = open(decodeProtectedResponse(data).sealed)
    if (!plaintext) throw new GbcsError('cryptoFailure', 'the protected values of the reference cannot be opened')
    const values = decodeProtectedValues(plaintext)
    decodeProtectedRequest(item.data).attributes.forEach(({ classId, logicalName, index, restriction }, i) => {
      const range = restriction.type === 1 ? decodeDateTimeRange(restriction.value) : undefined
      primeLog(memberKey('attribute', classId, logicalName, index), values[i] as Data, range)
    })
  }

  function primeLog(key: string, data: Data, range: TimeRange | undefined): void {
    primeAttributeData(device, key, withDecoys(data, range, capacityOf(device, key)))
  }
}

/** How far outside the range the added entries lie, in seconds: just outside, and well outside. */
const DISTANCES_S = [1, 86_400]

/** How many entries a log holds; others have no limit. */
function capacityOf(device: Device, key: string): number {
  const member = device.profile.cosem?.members.get(key)
  return member && isLog(member) ? device.log(member.item).capacity : Infinity
}

/**
 * A log with entries added before and after the range: copies of its first entry at other times. Those before may
 * be pushed out of a full log, those after must fit.
 */
function withDecoys(log: Data, range: TimeRange | undefined, capacity: number): Data {
  const template = log.type === 'compactArray' ? log.items[0] : undefined
  if (log.type !== 'compactArray' || !range || template?.type !== 'structure') return log
  const at = (time: number): Data => ({
    type: 'structure',
    items: [{ type: 'doubleLongUnsigned', value: time }, ...template.items.slice(1)],
  })
  const before = [...DISTANCES_S].reverse().map((distance) => at(range.from - distance))
  const room = Math.max(0, capacity - log.items.length)
  const after = DISTANCES_S.map((distance) => at(range.to + distance)).slice(0, room)
  return { ...log, items: [...before, ...log.items, ...after] }
}
