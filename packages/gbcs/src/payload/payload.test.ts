import { eui64, fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import type { Schema } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../envelope/index.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import { notificationContentOf } from '../alerts/notification-content.js'
import { currencyUnit } from '../objects/index.js'
import { matchResults, type NamedItem } from './match-results.js'
import { decodePayload, encodePayload, type Payload } from './index.js'

/** What is left as octets or untyped data in a payload. */
function untypedIn(payload: Payload): string[] {
  switch (payload.format) {
    case 'accessRequest':
      return payload.items.flatMap(({ content, member, selection }) => [
        ...(content.type === 'data' ? ['data'] : []),
        ...(member || content.type === 'protectedRequest' ? [] : ['object']),
        ...(selection && 'selector' in selection ? ['selection'] : []),
      ])
    case 'accessResponse':
      return payload.results.flatMap(({ content, item }) => [
        ...(content.type === 'data' ? ['data'] : []),
        ...(item ? [] : ['item']),
      ])
    case 'notification':
      return payload.content.type === 'data' ? ['data'] : []
    case 'gbz':
      return payload.parts.flatMap(({ content }) => (content.type === 'octets' ? ['octets'] : []))
    case 'gbzAlert':
      return payload.content.type === 'octets' ? ['octets'] : []
    case 'asn1':
      return []
    case 'opaque':
      return ['opaque']
  }
}

describe.skipIf(!rtds)('reference payloads', () => {
  const messages = rtdsMessages().map((row) => ({ ...row, message: decodeMessage(row.bytes) }))
  it('come back from their typed values bit for bit', () => {
    for (const { file, message } of messages)
      expect([file, toHex(encodePayload(decodePayload(message)))]).toEqual([file, toHex(message.content)])
  })
  it('are typed to the last value', () => {
    let unnamed = 0
    for (const { file, kind, message } of messages) {
      // A response does not say which optional items its command left out: of these use cases some results stay unnamed.
      const optional = kind === 'response' && /ECS4[67]|ECS57/.test(file)
      const left = untypedIn(decodePayload(message)).filter((what) => !(optional && what === 'item'))
      expect([file, left]).toEqual([file, []])
      unnamed += Number(optional && untypedIn(decodePayload(message)).length > 0)
    }
    expect(unnamed).toBeLessThan(20)
  })
})

describe('payloads', () => {
  it('of a known use case in another format are refused', () => {
    const header = { kind: 'command', otherInformation: { messageCode: 0x0027 } } as const
    expect(() => decodePayload({ ...header, content: fromHex('3000') })).toThrowError(/command of ECS17b starts with/)
    expect(() => decodePayload({ ...header, content: fromHex('da20000001000000') })).toThrowError(GbcsError)
  })
  it('of an unknown message code stay as they are', () => {
    const content = fromHex('3000')
    const payload = decodePayload({ kind: 'command', content, otherInformation: { messageCode: 0x0fff } })
    expect(payload).toEqual({ format: 'opaque', octets: content })
    expect(encodePayload(payload)).toEqual(content)
  })
  it('name the results of a response that leaves optional items out only where one way fits', () => {
    const result = { kind: 'set', result: 0, data: { type: 'null' } } as const
    const set = (name: string, optional = false): NamedItem => [
      name,
      { kind: 'set', member: currencyUnit.valuePassive, optional },
    ]
    const names = (items: readonly NamedItem[], count: number) =>
      matchResults(items, Array<typeof result>(count).fill(result))?.map(([name]) => name)
    const items = [set('a'), set('b', true), set('c')]
    expect(names(items, 3)).toEqual(['a', 'b', 'c'])
    expect(names(items, 2)).toEqual(['a', 'c'])
    expect(names(items, 1)).toBeUndefined()
    expect(names(items, 4)).toBeUndefined()
    expect(names([set('a', true), set('b', true)], 1)).toBeUndefined()
    const many = Array.from({ length: 40 }, (_, i) => set(`item${i}`, true))
    expect(names(many, 20)).toBeUndefined()
  })
  it('of alerts without a reference come back from their values', () => {
    const execution = { messageCode: 0x00d5, originatorCounter: 7n }
    const lost = {
      originator: eui64('90b3d51f30010000'),
      target: eui64('00db1234567890a0'),
      craFlag: 1,
      originatorCounter: 9n,
    }
    const rows = [
      [0x00d5, { message: lost }],
      [0x0122, { directionAndNumber: 0x15, level: 3 }],
      [0x0120, { command: execution }],
    ] as const
    for (const [messageCode, value] of rows) {
      const schema = notificationContentOf(messageCode) as Schema<unknown>
      const content = encodePayload({
        format: 'notification',
        invokeIdAndPriority: 0x20000001,
        alertCode: 0x8f84,
        dateTime: fromHex('07e20101ff000000008000ff'),
        content: { type: 'value', schema, value },
      })
      const typed = decodePayload({ kind: 'alert', content, otherInformation: { messageCode } })
      expect(typed).toMatchObject({ alertCode: 0x8f84, content: { type: 'value', value } })
    }
  })
})
