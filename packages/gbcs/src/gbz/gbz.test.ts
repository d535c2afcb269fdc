import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { clusters, decodeCommand, encodeFields } from '@smets2-sim/zcl'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../envelope/message.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import { decodeGbz, decodeGbzAlert, encodeGbz, encodeGbzAlert } from './index.js'

const gbzMessages = () =>
  rtdsMessages()
    .map((row) => ({ ...row, content: decodeMessage(row.bytes).content }))
    .filter(({ content }) => content[0] === 0x01 && content[1] === 0x09)

describe('GBZ payloads', () => {
  it.skipIf(!rtds)('of the reference set come back bit for bit, every command typed', () => {
    let commands = 0
    for (const { file, kind, content } of gbzMessages()) {
      if (kind === 'alert') {
        expect(toHex(encodeGbzAlert(decodeGbzAlert(content)))).toBe(toHex(content))
        continue
      }
      const components = decodeGbz(content)
      expect(toHex(encodeGbz(components))).toBe(toHex(content))
      for (const { clusterId, frame, sealed } of components) {
        if (sealed) continue
        const { name, definition, fields } = decodeCommand(clusters.get(clusterId), frame)
        expect([file, clusterId, frame.commandId, name]).not.toContain(undefined)
        expect(toHex(encodeFields(definition as never, fields as never))).toBe(toHex(frame.payload))
        commands++
      }
    }
    expect(commands).toBeGreaterThan(400)
  })
  it('are a value or a GbcsError, whatever the octets', () => {
    const sample = fromHex('010901010702001500000000000000000000000000000000000000000000')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(29), fc.boolean(), (noise, cut, replace) => {
        const octets = replace ? Uint8Array.from([...sample.subarray(0, cut), ...noise]) : noise
        for (const decode of [
          (o: Uint8Array) => encodeGbz(decodeGbz(o)),
          (o: Uint8Array) => encodeGbzAlert(decodeGbzAlert(o)),
        ])
          try {
            expect(toHex(decode(octets))).toBe(toHex(octets))
          } catch (error) {
            if (!(error instanceof GbcsError)) throw error
          }
      }),
      { numRuns: 3000 },
    )
  })
  it('refuse what the header does not allow', () => {
    expect(() => decodeGbz(fromHex('010a00'))).toThrowError(/profile 10a/)
    expect(() => decodeGbz(fromHex('01090112070200030000aa'))).toThrowError(/extended header control 12/)
    expect(() => decodeGbz(fromHex('0109ff'))).toThrowError(/at most 64/)
  })
})
