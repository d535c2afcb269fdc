import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BlockAssembly, decodeBlockFrame, encodeBlockFrame, toBlocks } from './block-transfer.js'
import { decodeMessage, encodeMessage } from './message.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'

const preCommand =
  'df0901000000000000000108' + '90b3d51f30010000' + '08' + '00db1234567890a0' + '00' + '020050' + '03' + 'aabbcc'

describe('the envelope', () => {
  it('tells a pre-command, with and without its last 00, from a message', () => {
    expect(decodeMessage(fromHex(preCommand)).preCommand).toBe('bare')
    expect(decodeMessage(fromHex(preCommand + '00')).preCommand).toBe('withSignatureLength')
    const signed = decodeMessage(fromHex(preCommand + '40' + '11'.repeat(64)))
    expect(signed.preCommand).toBeUndefined()
    expect(signed.signature?.length).toBe(64)
    expect(toHex(signed.signedOctets)).toBe(preCommand.slice(2))
  })
  it('names the field that is wrong', () => {
    expect(() => decodeMessage(fromHex(preCommand.replace('df0901', 'df0904')))).toThrowError(/CRA flag 4/)
    expect(() => decodeMessage(fromHex(preCommand.slice(0, 40)))).toThrowError(/recipient-system-title/)
    expect(() => decodeMessage(fromHex(preCommand + '41'))).toThrowError(/signature of 65 octets/)
    expect(() => decodeMessage(fromHex(preCommand.replace('020050', '03005000')))).toThrowError(
      /other-information of 3 octets/,
    )
    expect(() => decodeMessage(new Uint8Array(0))).toThrowError(GbcsError)
  })
  it('decodes any octets to a message that encodes to them, or refuses with a GbcsError', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(200), (changes, cut) => {
        const bytes = fromHex(preCommand + '40' + '11'.repeat(64)).slice(0, 20 + cut)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        try {
          expect(toHex(encodeMessage(decodeMessage(bytes)))).toBe(toHex(bytes))
        } catch (error) {
          if (!(error instanceof GbcsError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
  it.skipIf(!rtds)('gives every reference message back bit for bit', () => {
    for (const { bytes } of rtdsMessages()) expect(toHex(encodeMessage(decodeMessage(bytes)))).toBe(toHex(bytes))
  })
})

describe('block transfer', () => {
  const message = Uint8Array.from({ length: 5000 }, (_, i) => i & 0xff)
  it('puts blocks together in any order and names the missing ones', () => {
    const blocks = toBlocks(message).map((block) => decodeBlockFrame(encodeBlockFrame(block)))
    const assembly = new BlockAssembly()
    const order = [4, 0, 2, 3]
    for (const i of order) expect(assembly.add(blocks[i] as (typeof blocks)[number])).toBeUndefined()
    expect(assembly.missing).toEqual([2])
    expect(toHex(assembly.add(blocks[1] as (typeof blocks)[number]) as Uint8Array)).toBe(toHex(message))
  })
  it('refuses a block beyond the last and a message too long', () => {
    const assembly = new BlockAssembly()
    const block = { last: true, streaming: false, window: 1, blockNumber: 1, blockNumberAck: 0, data: message }
    assembly.add(block)
    expect(() => assembly.add({ ...block, blockNumber: 2 })).toThrowError(/after the last block/)
    expect(() => toBlocks(new Uint8Array(64 * 1149))).toThrowError(/at most 63/)
  })
})
