import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { standardSet, testSmki, writeSmki } from '@smets2-sim/parties'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadTargetKeys } from './load-keys.js'
import { smkiKeys } from './smki-keys.js'

const smki = testSmki({ seed: 3 })
const [device] = standardSet.devices as [Eui64, ...Eui64[]]
const supplier = standardSet.organisations.find(({ role }) => role === 'supplier')?.id as Eui64
let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'keys-'))
  writeSmki(dir, 3)
})
afterAll(() => rmSync(dir, { recursive: true }))

const write = (content: unknown, name = 'keys.json'): string => {
  const path = join(dir, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const pem = (id: string, usage: string, folder = 'devices'): string => `${folder}/${id}-${usage}.pem`
const scalar = toHex(smki.organisation('supplier', supplier).keys.keyAgreement)
const good = {
  device: {
    id: device,
    kind: 'esme',
    digitalSignature: pem(device, 'digitalSignature'),
    keyAgreement: toHex(native.publicKeyOf(smki.device(device).keys.keyAgreement)),
  },
  parties: [
    {
      role: 'supplier',
      id: supplier,
      counter: '18446744073709551615',
      digitalSignature: [
        `organisations/${supplier}-digitalSignature.key.pem`,
        `organisations/${supplier}-digitalSignature.pem`,
      ],
      keyAgreement: scalar,
    },
  ],
}

describe('keys of a device under test', () => {
  it.each(['esme', 'chf', 'hcalcs'] as const)('come from a folder of the test SMKI: %s', (kind) => {
    expect(loadTargetKeys(dir, { kind })).toEqual(smkiKeys(smki, kind))
  })
  it('are of the electricity meter where nobody says, or of the device that is named', () => {
    expect(loadTargetKeys(dir)).toEqual(smkiKeys(smki, 'esme'))
    expect(loadTargetKeys(dir, { device })).toEqual(smkiKeys(smki, 'esme', device))
  })
  it('come from a file with PEM, scalars and points', () => {
    const { device: own, parties, root } = loadTargetKeys(write(good))
    const whole = smkiKeys(smki, 'esme', device)
    expect(own.keys.digitalSignature).toEqual(whole.device.keys.digitalSignature)
    expect(own.keys.keyAgreement).toEqual({ publicKey: whole.device.keys.keyAgreement.publicKey })
    expect(root).toBeUndefined()
    const whose = whole.parties.find(({ id }) => id === supplier)
    expect(parties).toMatchObject([{ role: 'supplier', id: supplier, counter: 2n ** 64n - 1n }])
    expect(parties[0]?.keys.digitalSignature).toEqual(whose?.keys.digitalSignature)
    expect(parties[0]?.keys.keyAgreement?.privateKey).toEqual(whose?.keys.keyAgreement?.privateKey)
  })

  const party = (change: object) => ({ ...good, parties: [{ ...good.parties[0], ...change }] })
  it.each([
    ['no JSON', '{', /is not JSON/],
    ['a list', [], /found \[\], expected an object/],
    ['no device', { parties: [] }, /\.device: found nothing, expected an object/],
    [
      'an unknown kind',
      { ...good, device: { ...good.device, kind: 'tv' } },
      /\.device\.kind: found "tv", expected one of/,
    ],
    ['a short identifier', { ...good, device: { ...good.device, id: '01' } }, /\.device\.id: .*8 octets/],
    ['a role of nobody', party({ role: 'root' }), /\.parties\[0\]\.role: found "root"/],
    [
      'a counter of more than 64 bits',
      party({ counter: '18446744073709551616' }),
      /\.parties\[0\]\.counter: .*64 bits/,
    ],
    ['a negative counter', party({ counter: -1 }), /\.counter: found -1/],
    ['a file that is not there', party({ keyAgreement: 'no.pem' }), /\.keyAgreement: .*no\.pem is no file/],
    ['a key that is a number', party({ keyAgreement: 7 }), /\.keyAgreement: expected a text or a list of texts/],
    ['no key', party({ keyAgreement: [] }), /\.keyAgreement: no key/],
    ['a file without a key', party({ keyAgreement: 'keys.json' }), /no block PRIVATE KEY/],
    ['a scalar of 0', party({ keyAgreement: '0'.repeat(64) }), /\.keyAgreement: /],
    [
      'keys that do not belong together',
      party({ keyAgreement: [scalar, pem(supplier, 'prePaymentTopUp', 'organisations')] }),
      /are of different keys/,
    ],
    ['parties that are no list', { ...good, parties: {} }, /\.parties: found \{\}, expected a list/],
  ])('are refused with the place in the file: %s', (_, content, message) => {
    expect(() => loadTargetKeys(write(content))).toThrowError(message)
  })
  it('are refused of a device that the folder has not, and of a folder without an index', () => {
    expect(() => loadTargetKeys(dir, { device: '0000000000000001' as Eui64 })).toThrowError(
      /no device 0000000000000001/,
    )
    expect(() => loadTargetKeys(join(dir, 'devices'))).toThrowError(/no index.json/)
    expect(() => loadTargetKeys(join(dir, 'nothing'))).toThrowError(/does not exist/)
  })
  it.each([
    ['beside another key', [scalar, pem(device, 'keyAgreement')], /parts are of different keys/],
    ['with a digit too few', scalar.slice(1), /found 63 hexadecimal digits/],
    ['in another form', { privateKey: scalar }, /expected a text or a list of texts/],
  ])('are not quoted in errors: %s', (_, keyAgreement, message) => {
    const path = write(party({ keyAgreement }))
    expect(() => loadTargetKeys(path)).toThrowError(message)
    expect(() => loadTargetKeys(path)).not.toThrowError(new RegExp(scalar.slice(8, 40)))
  })
})
