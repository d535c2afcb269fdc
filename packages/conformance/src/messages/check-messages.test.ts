import { GbcsError } from '@smets2-sim/bytes'
import { native, noble } from '@smets2-sim/crypto'
import { decodeMessage, explainDecoded } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds } from '../rtds.fixture.js'
import { checkMessages, loadReferenceSet, type MessageCheck, openerOf } from './index.js'
import { type SetFiles, smallSet, writeSet } from './small-set.fixture.js'

describe.skipIf(!rtds).each([native, noble])('the reference messages, with provider $name', (provider) => {
  it('come back, verify and open, every one', () => {
    const report = checkMessages(rtds as string, provider)
    expect(report.failures).toEqual([])
    expect(report).toMatchObject({
      roundTrip: report.total,
      signatures: { valid: report.signatures.checked },
      macs: { valid: report.macs.checked },
      protected: { opened: report.protected.found },
    })
    expect(report.total).toBeGreaterThan(1000)
    expect(Math.min(report.signatures.checked, report.macs.checked)).toBeGreaterThan(300)
    expect(report.protected.found).toBeGreaterThan(50)
  })
})

describe.skipIf(!rtds)('the reference messages', () => {
  it('are explained with what they encrypt', () => {
    const set = loadReferenceSet(rtds as string)
    let opened = 0
    for (const { file, bytes } of set.messages) {
      const message = decodeMessage(bytes)
      const text = JSON.stringify(explainDecoded(message, { open: openerOf(set, native, message) }))
      expect([file, /"(sealed|problem)":/.exec(text)?.[0]]).toEqual([file, undefined])
      opened += Number(/"values":|"encrypted":true/.test(text))
    }
    expect(opened).toBeGreaterThan(30)
  })
})

/** The set with the last octet of a file of hexadecimal digits changed, or whatever `change` makes of it. */
function broken(path: string, change: (text: string) => string = flipLast): string {
  const files: SetFiles = smallSet()
  return writeSet({ ...files, [path]: change(files[path] as string) })
}
const flipLast = (text: string): string => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')
const failed = (directory: string): [string, MessageCheck][] =>
  checkMessages(directory, native).failures.map(({ file, check }) => [file, check])

describe('a small set', () => {
  it('is right as it is', () => {
    expect(checkMessages(writeSet(smallSet()), native)).toEqual({
      total: 2,
      roundTrip: 2,
      signatures: { checked: 1, valid: 1 },
      macs: { checked: 2, valid: 2 },
      protected: { found: 1, opened: 1 },
      failures: [],
    })
  })
  it('fails where a message was changed', () => {
    expect(failed(broken('messages/a/command.hex'))).toEqual([['a/command.hex', 'mac']])
    const inSignature = (text: string): string => flipLast(text.slice(0, -24)) + text.slice(-24)
    expect(failed(broken('messages/a/command.hex', inSignature))).toEqual([
      ['a/command.hex', 'signature'],
      ['a/command.hex', 'mac'],
    ])
    expect(failed(broken('messages/a/command.hex', (text) => text.slice(0, -2)))).toEqual([['a/command.hex', 'decode']])
    const inCiphertext = (text: string): string => text.replace(/(3100000000)(..)/, '$1ff')
    expect(failed(broken('messages/a/response.hex', inCiphertext))).toEqual([
      ['a/response.hex', 'mac'],
      ['a/response.hex', 'protected'],
    ])
  })
  it('fails where it lacks a key that a message needs, or the message the protection that the index says', () => {
    expect(failed(broken('shared-secrets.json', () => '[]'))).toEqual([
      ['a/command.hex', 'mac'],
      ['a/response.hex', 'mac'],
      ['a/response.hex', 'protected'],
    ])
    const otherParty = (text: string): string => text.replace('"signed":false', '"signed":true')
    expect(failed(broken('index.json', otherParty))).toEqual([['a/response.hex', 'signature']])
    const { 'certificates/a0b0c0d0e0f00001-ds.pem': _, ...files } = smallSet()
    expect(failed(writeSet(files))).toEqual([['a/command.hex', 'signature']])
  })
})

describe('a folder that is no reference set', () => {
  it.each([
    ['index.json', () => '{}', /index\.json is not an array/],
    ['index.json', () => '[', /index\.json is not JSON/],
    ['index.json', () => '[1]', /row 0: is not an object/],
    [
      'index.json',
      (text: string) => text.replace('a/command', 'b/command'),
      /row 0: file b\/command\.hex is not in messages/,
    ],
    ['index.json', (text: string) => text.replace('"kind":"command"', '"kind":"letter"'), /row 0: kind is none of/],
    ['index.json', (text: string) => text.replace('0x0027', '27'), /row 0: messageCode "27" is not a code/],
    ['index.json', (text: string) => text.replace('00000000000003e8', 'later'), /row 0: originatorCounter "later"/],
    ['index.json', (text: string) => text.replace('a0b0c0d0e0f00001', 'a0b0'), /row 0: an EUI-64 has 8 octets/],
    [
      'index.json',
      (text: string) => text.replace(/"macBetween":\[/, '"macBetween":["",'),
      /row 0: macBetween is not a pair/,
    ],
    ['shared-secrets.json', (text: string) => text.replace('0202', ''), /row 0: z has 30 octets, expected 32/],
    ['issuer-keys.json', () => '[{}]', /row 0: issuer is not a text/],
    ['messages/a/command.hex', () => 'dg', /row 0: found "g"/],
    ['certificates/a0b0c0d0e0f00001-ds.pem', () => 'no key', /is not PEM/],
    ['certificates/a0b0c0d0e0f00001-ds.pem', (text: string) => text.replace('MII', 'AII'), /-ds\.pem: /],
  ])('%s: names what is wrong', (path, change, message) => {
    const load = (): unknown => loadReferenceSet(broken(path, change))
    expect(load).toThrowError(GbcsError)
    expect(load).toThrowError(message)
  })
  it('is refused when it is not there', () => {
    expect(() => loadReferenceSet('/nowhere')).toThrowError(/no folder certificates/)
  })
})
