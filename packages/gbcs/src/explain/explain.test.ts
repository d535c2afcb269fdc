import { fromHex, GbcsError } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBlockFrame, encodeMessage, toBlocks } from '../envelope/index.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import { dateTimeText } from './date-time-text.js'
import { explainMessage } from './index.js'

/** Keys of a description that hold what no fact explains. */
function unexplained(json: unknown, path = ''): string[] {
  if (Array.isArray(json)) return json.flatMap((element, i) => unexplained(element, `${path}[${i}]`))
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]) =>
    // An entry of a ZigBee event log has a field of this name.
    ['data', 'octets', 'problem'].includes(key) && !path.includes('logPayload')
      ? [`${path}.${key}`]
      : unexplained(value, `${path}.${key}`),
  )
}

const shortRoles = { NO: 'networkOperator', ACB: 'accessControlBroker', WP: 'wanProvider' } as const
/** `CS02bNOByNO` and `CS02b_networkOperatorByNetworkOperator` are one. */
const plainName = (name: string | null): string =>
  (name ?? '')
    .replace(/_/g, '')
    .replace(
      /(NO|ACB|WP)By(?:NO|ACB|WP)/,
      (_, role: keyof typeof shortRoles) => `${shortRoles[role]}By${shortRoles[role]}`,
    )
    .replace('accessControlBrokerByaccessControlBroker', 'accessControlBrokerByACB')
    .toLowerCase()
/** Use cases that the reference messages name otherwise than GBCS 4.0 does. */
const namedOtherwise = /^(DBCH04|CS04B)/

describe.skipIf(!rtds)('reference messages', () => {
  const messages = rtdsMessages().map((row) => ({ ...row, description: explainMessage(row.bytes) }))
  it('are described as the index of the set says', () => {
    for (const { file, kind, useCase, messageCode, originator, target, description } of messages) {
      expect([file, description.kind, description.messageCode, description.originator, description.target]).toEqual([
        file,
        kind,
        messageCode,
        originator,
        target,
      ])
      if (!namedOtherwise.test(useCase)) expect(plainName(useCase)).toContain(plainName(description.useCase))
      expect(description.useCase).not.toBeNull()
    }
  })
  it('are explained to the last octet, and survive JSON', () => {
    for (const { file, description } of messages) {
      expect([file, unexplained(description.payload)]).toEqual([file, []])
      expect(JSON.parse(JSON.stringify(description))).toEqual(description)
    }
  })
})

const preCommand =
  'df0901000000000000000108' + '90b3d51f30010000' + '08' + '00db1234567890a0' + '00' + '020041' + '05' + '0203010203'

describe('a description', () => {
  it('of a pre-command names its kind and leaves out what it has not', () => {
    const bytes = fromHex(
      preCommand.replace(
        '020041050203010203',
        '02007f' + '24' + '3022180f32303236303130313030303030305a180f32303236303130323030303030305a',
      ),
    )
    expect(explainMessage(bytes)).toMatchObject({
      kind: 'precommand',
      useCase: 'GCS28',
      messageCode: '0x007F',
      originatorCounter: '1',
      payload: { format: 'asn1', value: { validityIntervalStart: '20260101000000Z' } },
      signature: null,
      mac: null,
    })
  })
  it('of a block tells its place, and explains a message that is one block', () => {
    const message = encodeMessage({
      kind: 'alert',
      originatorCounter: 2n ** 63n,
      originator: '00db1234567890a1' as never,
      target: '90b3d51f30010000' as never,
      otherInformation: { messageCode: 0x1001 },
      content: fromHex('010900810e1c374a80'),
    })
    const [whole] = toBlocks(message).map(encodeBlockFrame)
    expect(explainMessage(whole as Uint8Array)).toMatchObject({
      kind: 'block',
      useCase: null,
      payload: {
        blockNumber: 1,
        last: true,
        message: { originatorCounter: '9223372036854775808', payload: { alert: 'creditAddedLocally' } },
      },
    })
    const [first] = toBlocks(message, 10).map(encodeBlockFrame)
    expect(explainMessage(first as Uint8Array).payload).toMatchObject({
      last: false,
      data: 'df0903' + '80000000000000',
    })
  })
  it('of a component whose payload does not fit its command says what is wrong', () => {
    const content = '010901' + '01' + '0705' + '0005' + '010004' + '00ff'
    const bytes = fromHex(preCommand.replace('020041050203010203', `0200970d${content}`))
    expect(explainMessage(bytes).payload).toMatchObject({
      components: [
        { command: 'consumerTopUp', octets: '00ff', problem: expect.stringContaining('length FF') as string },
      ],
    })
  })
  it('of octets that are no message is a GbcsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (noise, framed) => {
        const bytes = framed ? Uint8Array.from([...fromHex(preCommand).subarray(0, 34), ...noise]) : noise
        try {
          expect(JSON.stringify(explainMessage(bytes))).toContain('kind')
        } catch (error) {
          if (!(error instanceof GbcsError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('date-times for people', () => {
  it('show what is not specified, and the two that GBCS gives a meaning', () => {
    expect(dateTimeText(fromHex('07e20101ff000000008000ff'))).toBe('2018-01-01T00:00:00Z')
    expect(dateTimeText(fromHex('0000000000000000008000ff'))).toBe('now')
    expect(dateTimeText(fromHex('ffffffffffffffffff8000ff'))).toBe('never')
    expect(dateTimeText(fromHex('ffff0c1f01ff1e0032003cff'))).toBe('*-12-31 (day 1)T*:30:00.50 (deviation 60 min)')
  })
})
