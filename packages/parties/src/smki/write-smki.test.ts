import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { eui64, toHex } from '@smets2-sim/bytes'
import {
  buildCertificationRequest,
  fromPem,
  native,
  parseCertificate,
  parsePrivateKeyInfo,
  toPem,
} from '@smets2-sim/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../../../crypto/src/peer.fixture.js'
import { smkiFiles, standardSet, testSmki, writeSmki } from './index.js'

const fixture = new URL('../../../../fixtures/test-pki', import.meta.url).pathname
const SEED = 1

/** Texts of all files below a folder, by name. */
const read = (dir: string): Map<string, string> =>
  new Map(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dir, name))
      .filter((path) => statSync(path).isFile())
      .sort()
      .map((path) => [relative(dir, path), readFileSync(path, 'utf8')]),
  )
let dir: string
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'smki-'))))
afterAll(() => rmSync(dir, { recursive: true }))

describe('files of a test SMKI', () => {
  it('are those of the fixture, to the octet', () => {
    writeSmki(dir, SEED)
    const kept = read(fixture)
    expect(kept.get('README.md')).toContain(`--seed ${SEED}`)
    kept.delete('README.md')
    expect(kept).toEqual(read(dir))
  })
  it('are the more the larger the set is, and others for another seed', () => {
    const one = { organisations: [{ role: 'supplier' as const, id: eui64('0253494d00000099') }], devices: [] }
    const files = smkiFiles(testSmki({ seed: 2 }), one)
    // the index, the contingency key, pairs of authorities and of the supplier
    expect(files.size).toBe(1 + 1 + 16 + 6)
    const authority = 'issuers/organisationRoot.pem'
    expect(files.get(authority)).not.toBe(read(fixture).get(authority))
  })
  it('are all in the index, each certificate with its private key', () => {
    const files = smkiFiles(testSmki({ seed: SEED }))
    const index = JSON.parse(files.get('index.json') as string) as Record<string, unknown>
    const pairs: { certificate: string; privateKey: string }[] = []
    JSON.stringify(index, (_, value: unknown) => {
      if (value !== null && typeof value === 'object' && 'certificate' in value)
        pairs.push(value as (typeof pairs)[number])
      return value
    })
    expect(pairs.length * 2 + 2).toBe(files.size)
    expect(index['contingency']).toMatchObject({ privateKey: 'contingency.key.pem' })
    expect(files.has('contingency.key.pem')).toBe(true)
    for (const { certificate, privateKey } of pairs) {
      const { publicKey } = parseCertificate(fromPem('CERTIFICATE', files.get(certificate) as string))
      const scalar = parsePrivateKeyInfo(fromPem('PRIVATE KEY', files.get(privateKey) as string))
      expect([certificate, toHex(native.publicKeyOf(scalar))]).toEqual([certificate, toHex(publicKey)])
    }
  })
})

/** Certificates of the standard set, by where their path ends. */
const files = [...smkiFiles(testSmki({ seed: SEED })).keys()].filter((name) =>
  /^[od].*(Signature|ment|Up)\.pem$/.test(name),
)
const groups = [
  ['organisation', files.filter((name) => name.startsWith('organisations/'))],
  ['device', files.filter((name) => name.startsWith('devices/'))],
] as const

describe('another reader of certificates', () => {
  it.each(groups)('verifies those of every %s by its issuer, and not by another', async (kind, names) => {
    const at = (name: string) => new peer.X509Certificate(readFileSync(`${fixture}/${name}`, 'utf8'))
    const [issuer, root] = [at(`issuers/${kind}Issuer.pem`), at(`issuers/${kind}Root.pem`)]
    // eslint-disable-next-line no-restricted-globals -- a fixed date, as the peer wants it
    const date = new Date('2026-01-01')
    const verified = (what: typeof issuer, by: typeof issuer) => what.verify({ publicKey: by.publicKey, date })
    expect([await verified(issuer, root), await verified(root, root), await verified(root, issuer)]).toEqual([
      true,
      true,
      false,
    ])
    expect(names.length).toBe(kind === 'device' ? 14 : 18)
    for (const name of names) expect([name, await verified(at(name), issuer)]).toEqual([name, true])
    expect(await verified(at(names[0] as string), root)).toBe(false)
  })
})

const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' })
if (openssl.status !== 0) console.warn('openssl not found: the comparison with it is skipped')

describe.skipIf(openssl.status !== 0)('openssl', () => {
  const run = (args: string[], input?: string | Uint8Array) =>
    execFileSync('openssl', args, { cwd: fixture, encoding: 'utf8', input, stdio: 'pipe' })

  it.each(groups)('verifies the path of every %s, and none to another root', (kind, names) => {
    const verify = (root: string) => [
      'verify',
      '-CAfile',
      `issuers/${root}.pem`,
      '-untrusted',
      `issuers/${kind}Issuer.pem`,
    ]
    const said = run([...verify(`${kind}Root`), ...names])
    expect(said.trim().split('\n')).toEqual(names.map((name) => `${name}: OK`))
    expect(spawnSync('openssl', [...verify('untrustedRoot'), names[0] as string], { cwd: fixture }).status).not.toBe(0)
  })
  it('reads in a certificate what was put in', () => {
    const supplier = standardSet.organisations.find(({ role }) => role === 'supplier')?.id as string
    const text = run(['x509', '-noout', '-text', '-in', `organisations/${supplier}-keyAgreement.pem`])
    expect(text).toMatch(/Issuer: OU ?= ?07, CN ?= ?SIM1/)
    expect(text).toMatch(/Subject: CN ?= ?supplier, OU ?= ?02, x500UniqueIdentifier ?= ?#03090002 ?53494D00000010/)
    expect(text).toMatch(/Key Usage: critical\s+Key Agreement\n/)
    expect(text).toMatch(/Policy: 1\.2\.826\.0\.1\.8641679\.1\.2\.1\.4/)
    expect(text).toMatch(/Not After : Dec 31 23:59:59 2099 GMT/)
  })
  it('finds in a private key the public key of the certificate', () => {
    const name = (files[0] as string).replace(/\.pem$/, '')
    const fromKey = run(['pkey', '-in', `${name}.key.pem`, '-pubout'])
    expect(run(['x509', '-in', `${name}.pem`, '-noout', '-pubkey'])).toBe(fromKey)
    expect(run(['pkey', '-in', `${name}.key.pem`, '-noout', '-check'])).toMatch(/valid/)
  })
  it('accepts a certification request, and not one that another key signed', () => {
    const { keys } = testSmki({ seed: SEED }).device(eui64('0253494d000000a0'))
    const request = (signer: Uint8Array) =>
      buildCertificationRequest(
        eui64('0253494d000000a0'),
        'keyAgreement',
        native.publicKeyOf(keys.keyAgreement),
        (body) => native.sign(signer, body),
      )
    const verdict = (signer: Uint8Array) => {
      const path = join(dir, 'request.pem')
      writeFileSync(path, toPem('CERTIFICATE REQUEST', request(signer)))
      const { status, stdout, stderr } = spawnSync('openssl', ['req', '-verify', '-noout', '-text', '-in', path], {
        encoding: 'utf8',
      })
      return { status, said: stdout + stderr }
    }
    expect(verdict(keys.keyAgreement).said).toMatch(/verify OK/)
    expect(verdict(keys.keyAgreement).said).toMatch(/Key Agreement/)
    expect(verdict(keys.digitalSignature).said).toMatch(/verif\w+ fail/i)
  })
})
