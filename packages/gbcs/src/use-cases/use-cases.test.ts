import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { toHex } from '@smets2-sim/bytes'
import { decodeAccessRequest } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { decodeGbz } from '../gbz/index.js'
import { decodeMessage } from '../envelope/index.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import { allUseCases, useCaseByCode } from './index.js'

const facts = new URL('../../../../../shared/facts/', import.meta.url).pathname

describe('the registry of use cases', () => {
  const files = readdirSync(new URL('.', import.meta.url)).flatMap(
    (file) => /^((?:ECS|GCS|CCS|CS|DBCH|PCS)\w*)\.ts$/.exec(file)?.[1] ?? [],
  )
  it('holds every file of the folder under its own name, once, each with a code of its own', () => {
    expect(
      allUseCases()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(files.sort())
    expect(new Set(allUseCases().map(({ code }) => code)).size).toBe(files.length)
  })
  it.skipIf(!existsSync(facts))('agrees with the published use case tables', () => {
    const { use_cases: published } = JSON.parse(readFileSync(`${facts}use_cases.json`, 'utf8')) as {
      use_cases: {
        id: string
        message_code: string | null
        critical: boolean
        sensitive: boolean
        future_datable: string
        replay_protected: string | null
        spec_version: string | null
        originator_roles: string[]
      }[]
    }
    const roles: Record<string, string> = {
      Supplier: 'supplier',
      'Network Operator': 'networkOperator',
      'Access Control Broker': 'accessControlBroker',
      'Load Controller': 'loadController',
    }
    let compared = 0
    for (const row of published) {
      const mine = allUseCases().find(({ name }) => name === row.id.replace('.', '_'))
      if (!mine || !row.spec_version) continue
      compared++
      expect([row.id, mine.code]).toEqual([row.id, Number(row.message_code)])
      if (mine.category !== 'SME.C.PPMID-GSME' && row.id !== 'GCS25') {
        expect([row.id, mine.category === 'SME.C.C', mine.sensitive ?? false, mine.futureDatable ?? false]).toEqual([
          row.id,
          row.critical,
          row.sensitive,
          row.future_datable === 'Yes',
        ])
        expect([row.id, mine.replayProtected ?? false]).toEqual([row.id, row.replay_protected === 'Yes'])
        const expected = row.originator_roles.flatMap((role) => roles[role] ?? [])
        if (expected.length > 0) expect([row.id, [...mine.from].sort()]).toEqual([row.id, expected.sort()])
      }
    }
    expect(compared).toBeGreaterThan(150)
  })
})

describe.skipIf(!rtds)('reference commands', () => {
  const commands = rtdsMessages()
    .filter(({ kind }) => kind === 'command' || kind === 'precommand')
    .map((row) => ({ ...row, message: decodeMessage(row.bytes) }))
  it('are opened by the use case of their code, item by item, and come back from their typed values bit for bit', () => {
    for (const { file, message } of commands) {
      const useCase = useCaseByCode(message.otherInformation.messageCode)
      expect([file, useCase?.name]).not.toContain(undefined)
      if (!useCase) continue
      const { content, originatorCounter, target } = message
      const context = {
        originatorCounter,
        originator: message.otherInformation.supplementaryRemotePartyId ?? message.originator,
        target,
      }
      if (useCase.payload === 'cosem') {
        for (const item of decodeAccessRequest(content).items)
          expect([file, item.logicalName, useCase.opens(item)]).toEqual([file, item.logicalName, true])
        expect([file, toHex(useCase.commandOf(target, useCase.parse(content)).payload(context))]).toEqual([
          file,
          toHex(content),
        ])
      } else if (useCase.payload === 'gbz') {
        for (const component of decodeGbz(content))
          expect([file, component.clusterId, useCase.opens(component)]).toEqual([file, component.clusterId, true])
        expect([file, toHex(useCase.command({ to: target, parts: useCase.parse(content) }).payload(context))]).toEqual([
          file,
          toHex(content),
        ])
      } else
        expect([file, toHex(useCase.command({ to: target, ...useCase.parse(content) }).payload(context))]).toEqual([
          file,
          toHex(content),
        ])
    }
  })
})
