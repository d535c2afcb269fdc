import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../envelope/message.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import {
  activateCommand,
  activateResponse,
  asn1Payloads,
  decodeAsn1,
  detailsCommand,
  encodeAsn1,
  fromGeneralizedTime,
  issueResponse,
  joinResponse,
  provideCertificateResponse,
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
  it('refuse values that a field cannot hold, read or written', () => {
    const activate = (counter: string): string =>
      `30${(34 + counter.length / 2).toString(16)}0420${'00'.repeat(32)}${counter}`
    const value = { manufacturerImageHash: new Uint8Array(32), originatorCounter: 2n ** 64n - 1n }
    expect(decodeAsn1(activateCommand, fromHex(activate('020900ffffffffffffffff'))).value).toEqual(value)
    expect(() => decodeAsn1(activateCommand, fromHex(activate('0201ff')))).toThrowError(/counter -1/)
    expect(() => decodeAsn1(activateCommand, fromHex(activate('0209010000000000000000')))).toThrowError(/counter 18446/)
    expect(() => decodeAsn1(activateCommand, fromHex(activate('020a01000000000000000000')))).toThrowError(/at most 9/)
    expect(() => decodeAsn1(activateCommand, fromHex(activate('02020001')))).toThrowError(/shortest form/)
    expect(() => encodeAsn1(activateCommand, { ...value, originatorCounter: -1n })).toThrowError(/counter -1/)
    expect(() => encodeAsn1(activateCommand, { ...value, manufacturerImageHash: new Uint8Array(31) })).toThrowError(
      /31 octets, expected 32/,
    )
    expect(() => encodeAsn1(activateCommand, { ...value, executionDateTime: 'tomorrow' })).toThrowError(/not a time/)
    expect(() => encodeAsn1(joinResponse, 1.5)).toThrowError(/not an integer/)
  })
  it('are told apart where they are a choice', () => {
    expect(decodeAsn1(activateResponse, fromHex('0500')).value).toEqual({ kind: 'pending', value: null })
    expect(decodeAsn1(activateResponse, fromHex('30090201000404' + '01020304')).value).toEqual({
      kind: 'executed',
      value: { activateImageResponseCode: 0, firmwareVersion: fromHex('01020304') },
    })
    expect(() => decodeAsn1(activateResponse, fromHex('020100'))).toThrowError(/expected pending or executed/)
    expect(decodeAsn1(issueResponse, fromHex('020102')).value).toEqual({ kind: 'failure', value: 2 })
    expect(decodeAsn1(provideCertificateResponse, fromHex('3000')).value).toEqual({
      kind: 'certificate',
      value: fromHex('3000'),
    })
  })
  it('refuse octets after the end, a cut and lengths in two forms', () => {
    expect(() => decodeAsn1(joinResponse, fromHex('02010000'))).toThrowError(/follow the end of the payload/)
    expect(() => decodeAsn1(joinResponse, fromHex('0202'))).toThrowError(GbcsError)
    expect(() => decodeAsn1(joinResponse, fromHex('02810100'))).toThrowError(/more than one form/)
  })
})
