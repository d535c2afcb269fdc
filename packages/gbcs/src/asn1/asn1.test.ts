import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../envelope/message.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import {
  asn1Payloads,
  decodeAsn1,
  detailsCommand,
  encodeAsn1,
  fromGeneralizedTime,
  toGeneralizedTime,
} from './index.js'

describe('ASN.1 payloads', () => {
  it.skipIf(!rtds)('of the reference set come back bit for bit through their types', () => {
    let count = 0
    for (const { file, bytes } of rtdsMessages()) {
      const { kind, otherInformation, content } = decodeMessage(bytes)
      const type = asn1Payloads.get(otherInformation.messageCode)?.[kind]
      if (!type) continue
      count++
      const { value, form } = decodeAsn1(type, content)
      expect([file, toHex(encodeAsn1(type, value, form))]).toEqual([file, toHex(content)])
      if (kind !== 'command') expect([file, form]).toEqual([file, 'twoOctets'])
    }
    expect(count).toBeGreaterThan(100)
  })
  it('are a value that encodes to the octets, or a GbcsError', () => {
    const sample = fromHex('30113007020102030207803006020102020103')
    expect(decodeAsn1(detailsCommand, sample).value).toEqual({
      authorisingRemotePartyTACell: { role: 2, keyUsage: 'digitalSignature', cellUsage: 0 },
      rolesRequired: [2, 3],
    })
    fc.assert(
      fc.property(fc.nat(18), fc.nat(255), fc.uint8Array({ maxLength: 8 }), (at, octet, tail) => {
        const octets = Uint8Array.from([...sample, ...tail])
        octets[at] = octet
        for (const { command, response, alert } of asn1Payloads.values())
          for (const type of [command, response, alert])
            try {
              if (!type) continue
              const { value, form } = decodeAsn1(type, octets)
              expect(toHex(encodeAsn1(type, value, form))).toBe(toHex(octets))
            } catch (error) {
              if (!(error instanceof GbcsError)) throw error
            }
      }),
      { numRuns: 500 },
    )
  })
  it('refuse a default that is written, a wrong usage and a time that does not exist', () => {
    expect(() => decodeAsn1(detailsCommand, fromHex('3014300a02010203020780020100' + '3006020102020103'))).toThrowError(
      /default value/,
    )
    expect(() => decodeAsn1(detailsCommand, fromHex('3011300702010203020781' + '3006020102020103'))).toThrowError(
      /key usage 0781/,
    )
    expect(() => fromGeneralizedTime('20260230000000Z')).toThrowError(/does not exist/)
    expect(toGeneralizedTime(fromIso('2030-01-15T09:00:00Z'))).toBe('20300115090000Z')
  })
})
