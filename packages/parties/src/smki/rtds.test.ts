import { readFileSync } from 'node:fs'
import { type Eui64, eui64, fromHex } from '@smets2-sim/bytes'
import { fromPem, type IssuerKey, native, parseCertificate, tableKeyStore, validatePath } from '@smets2-sim/crypto'
import { decodeAsn1, decodeMessage, macIsValid, updateCommand } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'

const table = <K extends string>(name: string): Record<K, string>[] =>
  rtds ? (JSON.parse(readFileSync(`${rtds}/${name}`, 'utf8')) as Record<K, string>[]) : []

describe.skipIf(!rtds)('security credentials in the reference messages', () => {
  const root = table<'role' | 'subjectKeyIdentifier' | 'publicKey'>('issuer-keys.json')
    .filter(({ role }) => role === 'organisation root')
    .map(
      (row): IssuerKey => ({
        subjectKeyIdentifier: fromHex(row.subjectKeyIdentifier),
        publicKey: fromHex(row.publicKey),
      }),
    )
  const messages = rtdsMessages()
    .filter(({ kind, useCase }) => kind === 'command' && /^CS02[bg]/.test(useCase))
    .map(({ file, bytes }) => {
      const { replacements, certificationPath } = decodeAsn1(updateCommand, decodeMessage(bytes).content).value
      const issuers = certificationPath.map(parseCertificate)
      const certificates = replacements.map(({ certificate }) => parseCertificate(certificate))
      return { file, certificates, results: certificates.map((each) => validatePath(native, each, issuers, root)) }
    })

  it('lead to the root in every message that is to succeed', () => {
    const good = messages.filter(({ file }) => !file.includes('ERROR'))
    expect(good.length).toBeGreaterThan(15)
    for (const { file, results } of good) expect([file, results.every(({ ok }) => ok)]).toEqual([file, true])
  })
  it('do not in the messages that are to fail, for a damaged signature or an issuer that is not trusted', () => {
    const bad = messages.filter(({ file }) => file.includes('ERROR'))
    const reasons = bad.map(({ results }) => results.flatMap((result) => (result.ok ? [] : [result.reason])))
    expect(reasons.every(({ length }) => length > 0)).toBe(true)
    expect(new Set(reasons.flat())).toEqual(new Set(['badSignature', 'noIssuer']))
  })
})

describe.skipIf(!rtds)('a key store of the published secrets', () => {
  const esme = eui64('00db1234567890a0')
  const broker = eui64('90b3d51f30000002')
  const publicKey = (id: Eui64) =>
    parseCertificate(fromPem('CERTIFICATE', readFileSync(`${rtds}/certificates/${id}-ka.pem`, 'utf8'))).publicKey
  const keys = () =>
    tableKeyStore(native, {
      agreementPublicKey: publicKey(esme),
      secrets: table<'party' | 'device' | 'keyUsage' | 'z'>('shared-secrets.json')
        .filter(({ device }) => device === esme)
        .map(({ party, keyUsage, z }) => ({
          id: eui64(party),
          usage: keyUsage === 'keyAgreement' ? keyUsage : 'prePaymentTopUp',
          z: fromHex(z),
        })),
    })

  it('authenticates every command to the electricity meter, as the meter would', () => {
    const z = keys().agree({ id: broker, usage: 'keyAgreement', publicKey: publicKey(broker) })
    const commands = rtdsMessages().filter(
      ({ kind, target, macBetween }) => kind === 'command' && target === esme && macBetween,
    )
    expect(commands.length).toBeGreaterThan(100)
    for (const { file, bytes } of commands) {
      const message = decodeMessage(bytes)
      expect([file, macIsValid(native, z, message)]).toEqual([file, true])
      expect([file, macIsValid(native, z, { ...message, originatorCounter: message.originatorCounter + 1n })]).toEqual([
        file,
        false,
      ])
    }
  })
})
