import { existsSync, readFileSync } from 'node:fs'
import { toHex } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asn1Payloads, decodeAsn1 } from '../asn1/index.js'
import { type DecodedMessage, decodeMessage } from '../envelope/message.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import type { DeviceKind } from '../use-cases/use-case.js'
import {
  alertBehaviourBit,
  alertCodes,
  alertMessageCode,
  alertOf,
  alertRecipientRoles,
  alerts,
  applyBehaviour,
  BEHAVIOUR_BITS,
  behaviourCodes,
  behaviourSettings,
  eventGroup,
  initialBehaviour,
  isBehaviourOn,
} from './index.js'

const factsFile = new URL('../../../../../shared/facts/alert_codes.json', import.meta.url).pathname
const facts = existsSync(factsFile)
  ? (JSON.parse(readFileSync(factsFile, 'utf8')) as { codes: Record<string, unknown>[] }).codes
  : undefined
if (!facts) console.warn('alert_codes.json not found: the comparison with it is skipped')

/** Alert code of a payload: after the DLMS header, the GBZ header, or first in the ASN.1 sequence. */
function codeIn({ content, otherInformation }: DecodedMessage): { code: number; payload: 'dlms' | 'gbz' | 'asn1' } {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  if (content[0] === 0x0f) return { code: view.getUint16(9), payload: 'dlms' }
  if (content[0] === 0x01) return { code: view.getUint16(3), payload: 'gbz' }
  const type = asn1Payloads.get(otherInformation.messageCode)?.alert
  if (!type) throw new Error(`no ASN.1 alert ${otherInformation.messageCode.toString(16)}`)
  return { code: (decodeAsn1(type, content).value as { alertCode: number }).alertCode, payload: 'asn1' }
}
const devices: Record<string, DeviceKind> = { a0: 'esme', a1: 'gsme', a2: 'chf', a3: 'gpf', a4: 'ppmid', a6: 'esme' }
const parties: Record<string, string> = {
  '90b3d51f30000002': 'accessControlBroker',
  '90b3d51f30000004': 'transitionalCoS',
  '90b3d51f30010000': 'supplier',
  '90b3d51f30010008': 'loadController',
  '90b3d51f30020000': 'networkOperator',
}

describe('the alert table', () => {
  it('has each code and each name once, in ascending order', () => {
    expect(new Set(alertCodes.map(({ name }) => name)).size).toBe(alertCodes.length)
    const codes = alertCodes.map(({ code }) => code)
    expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b))
    expect(alerts.creditAddedLocally.code).toBe(0x810e)
    expect(alertOf(0x810e)).toBe(alerts.creditAddedLocally)
    expect(alertOf(0x8001)).toBeUndefined()
  })
  it('has a recipient for each row that is sent, a message code where it has its own payload, and no more', () => {
    for (const row of alertCodes) {
      expect([row.name, row.roles.length > 0]).toEqual([row.name, row.wan > 0])
      expect([row.name, Object.keys(row.messageCodes).length > 0]).toEqual([row.name, row.wan === 2])
      for (const device of row.devices)
        expect([row.name, device, alertRecipientRoles(row, device).length > 0]).toEqual([row.name, device, row.wan > 0])
      expect(alertRecipientRoles(row, 'ihd')).toEqual([])
    }
  })
  it.skipIf(!facts)('holds every flag of the published table', () => {
    expect(alertCodes.map(({ code }) => code)).toEqual((facts ?? []).map((fact) => Number(fact['code'])))
    for (const fact of facts ?? []) {
      const row = alertOf(Number(fact['code']))
      if (!row) throw new Error(`no row ${String(fact['code'])}`)
      const samples = (fact['rtds_log_samples'] as string[] | null | undefined) ?? []
      const sampled = (suffix: string): boolean => samples.some((log) => log.endsWith(suffix))
      if (typeof fact['critical'] === 'boolean') expect([row.name, row.critical]).toEqual([row.name, fact['critical']])
      if (fact['wan'] !== undefined) expect([row.name, row.wan]).toEqual([row.name, fact['wan_type'] ?? 0])
      const logs = { security: 'security_log', event: 'event_log', power: 'power_event_log', alcs: 'alcs_log' } as const
      const suffix = { security: 'sec', event: 'evt', power: 'pwr', alcs: 'alcs' } as const
      for (const log of ['security', 'event', 'power', 'alcs'] as const) {
        if (fact[logs[log]] === 1 || sampled(suffix[log]))
          expect([row.name, log, row.logs[log]]).toEqual([row.name, log, true])
        else if (fact[logs[log]] === 0) expect([row.name, log, row.logs[log]]).toEqual([row.name, log, false])
      }
    }
  })
  it.skipIf(!rtds)('agrees with the configuration of the gas meter of the reference messages', () => {
    const read = rtdsMessages().find(
      ({ useCase, kind, scenario }) => useCase === 'GCS20r' && kind === 'response' && /SUCCESS/.test(scenario),
    )
    // After the component header of 8 octets: the ZCL header of 3, command index and count, then rows of 3 octets.
    const entries = decodeMessage(read?.bytes ?? new Uint8Array()).content.subarray(8 + 3 + 2)
    expect(entries.length % 3).toBe(0)
    for (let i = 0; i < entries.length; i += 3) {
      const [low, high, flags] = entries.subarray(i, i + 3) as unknown as [number, number, number]
      const row = alertOf((high << 8) | low)
      expect([row?.name, row?.devices.includes('gsme')]).toEqual([row?.name, true])
      expect([row?.name, row && row.wan > 0, row?.han, row?.logs.event]).toEqual([
        row?.name,
        (flags & 0x08) !== 0,
        (flags & 0x10) !== 0,
        (flags & 0x07) === 3,
      ])
    }
  })
  it.skipIf(!rtds)('says of every reference alert its message code, its protection and its recipient', () => {
    let count = 0
    for (const { file, kind, useCase, bytes } of rtdsMessages()) {
      if (kind !== 'alert') continue
      count++
      const message = decodeMessage(bytes)
      const { code, payload } = codeIn(message)
      const row = alertOf(code)
      const device = devices[message.originator.slice(-2)]
      if (!row || !device) throw new Error(`${file}: ${code.toString(16)} of ${message.originator}`)
      const messageCode = message.otherInformation.messageCode
      const expected =
        payload === 'asn1'
          ? Object.entries(row.messageCodes).find(([key]) => useCase.startsWith(key))?.[1]
          : alertMessageCode(row, payload)
      expect([file, expected]).toEqual([file, messageCode])
      expect([file, row.critical]).toEqual([file, message.signature !== undefined])
      expect([file, row.devices.includes(device)]).toEqual([file, true])
      if (!row.toOriginator)
        expect([file, alertRecipientRoles(row, device)]).toEqual([
          file,
          expect.arrayContaining([parties[message.target]]),
        ])
    }
    expect(count).toBeGreaterThan(50)
  })
})

/** The bit strings of 256 or 512 bits (DLMS tag 04) in a payload, as text. */
function bitStrings(content: Uint8Array): string[] {
  const binary = (hex: string): string => [...hex].map((d) => parseInt(d, 16).toString(2).padStart(4, '0')).join('')
  return [...toHex(content).matchAll(/04820(?:100(.{64})|200(.{128}))/g)].map(([, one, two]) =>
    binary(one ?? two ?? ''),
  )
}

describe('behaviour masks', () => {
  const settings = fc.string({ unit: fc.constantFrom('0', '1'), minLength: 256, maxLength: 256 })
  it('have one bit for each code that can be configured, by its low octet from the end', () => {
    expect(alertBehaviourBit(0x8100)).toEqual({ owner: 'supplier', position: 255 })
    expect(alertBehaviourBit(0x80ff)).toEqual({ owner: 'networkOperator', position: 0 })
    expect(alertBehaviourBit(0x8f32)).toBeUndefined()
    expect(isBehaviourOn(behaviourSettings('supplier', [0x810d]), 0x810d)).toBe(true)
    expect(isBehaviourOn(behaviourSettings('supplier', [0x810d]), 0x810e)).toBe(false)
    expect(isBehaviourOn('0'.repeat(256), 0x8f32)).toBeUndefined()
  })
  it('give their codes back', () => {
    fc.assert(
      fc.property(settings, fc.constantFrom('supplier', 'networkOperator'), (bits, owner) => {
        expect(behaviourSettings(owner, behaviourCodes(owner, bits))).toBe(bits)
      }),
    )
  })
  it('change only what the mask names, and nothing the second time', () => {
    fc.assert(
      fc.property(settings, settings, settings, (before, mask, actions) => {
        const after = applyBehaviour(before, mask + actions)
        for (let i = 0; i < BEHAVIOUR_BITS; i++) expect(after[i]).toBe(mask[i] === '1' ? actions[i] : before[i])
        expect(applyBehaviour(after, mask + actions)).toBe(after)
      }),
      { numRuns: 30 },
    )
  })
  it('refuse another length, other characters and a critical code', () => {
    expect(() => applyBehaviour('0', '0'.repeat(512))).toThrowError(/behaviour of 1 char/)
    expect(() => applyBehaviour('0'.repeat(256), '0'.repeat(256))).toThrowError(/expected 512/)
    expect(() => behaviourCodes('supplier', '2'.repeat(256))).toThrowError(/0 or 1/)
    expect(() => behaviourSettings('supplier', [0x8f32])).toThrowError(/cannot configure alert 8F32/)
    expect(() => behaviourSettings('supplier', [0x8002])).toThrowError(/cannot configure alert 8002/)
  })
  it('know the group of all events with one high octet', () => {
    expect(eventGroup(0x81ff)).toContain(0x810d)
    expect(eventGroup(0x81ff).every((code) => code >> 8 === 0x81)).toBe(true)
    expect(eventGroup(0x810d)).toEqual([0x810d])
    expect(eventGroup(0x8101)).toEqual([])
  })
  it.skipIf(!rtds)('name only codes of the table in every reference message', () => {
    let count = 0
    for (const { file, useCase, bytes } of rtdsMessages()) {
      if (!/^ECS25/.test(useCase)) continue
      const owner = /^ECS25(b|r2)/.test(useCase) ? 'networkOperator' : 'supplier'
      for (const bits of bitStrings(decodeMessage(bytes).content))
        for (const part of bits.length === 512 ? [bits.slice(0, 256), bits.slice(256)] : [bits])
          for (const code of behaviourCodes(owner, part)) {
            count++
            expect([file, code.toString(16), alertOf(code)?.devices.includes('esme')]).toEqual([
              file,
              code.toString(16),
              true,
            ])
          }
    }
    expect(count).toBeGreaterThan(50)
  })
  it.skipIf(!rtds)('start as the electricity meter of the reference messages is set, save what the table adds', () => {
    const read = rtdsMessages().find(({ useCase, kind }) => useCase === 'ECS25r1' && kind === 'response')
    const [wan, han] = bitStrings(decodeMessage(read?.bytes ?? new Uint8Array()).content)
    if (!wan || !han) throw new Error('two settings expected in the response of ECS25r1')
    expect(behaviourCodes('supplier', han)).toEqual(behaviourCodes('supplier', initialBehaviour('supplier', 'han')))
    const ours = behaviourCodes('supplier', initialBehaviour('supplier', 'wan'))
    const theirs = behaviourCodes('supplier', wan)
    expect(theirs.filter((code) => !ours.includes(code))).toEqual([])
    expect(ours.filter((code) => !theirs.includes(code))).toEqual([0x811a, 0x81a2, 0x81a3, 0x81b7])
    expect(behaviourCodes('supplier', initialBehaviour('supplier', 'audible'))).toEqual([])
  })
})
