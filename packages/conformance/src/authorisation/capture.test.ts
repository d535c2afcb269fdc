import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allUseCases } from '@smets2-sim/gbcs'
import { home } from '@smets2-sim/home'
import { afterAll, describe, expect, it } from 'vitest'
import { dissectWan, hasTshark, wanValues } from '../../../home/src/capture/tshark.fixture.js'
import { sampleCommand } from './sample-command.fixture.js'

const kinds = ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'hcalcs'] as const
const dir = mkdtempSync(join(tmpdir(), 'capture-'))
afterAll(() => rmSync(dir, { recursive: true }))

describe.skipIf(!hasTshark)('a command of every use case and its response, dissected by tshark', () => {
  it('are not malformed, and have the values that our decoder finds', async () => {
    await using h = await home({ seed: 4, wanLatencyMs: 0, hanLatencyMs: 0 })
      .electricity()
      .gas()
      .ppmid()
      .hcalcs()
      .commission()
    const path = join(dir, 'all.pcap')
    const passed: Uint8Array[] = []
    h.premises.wan.onMessage((message) => passed.push(message))
    h.capture({ wan: path })
    const sent = new Set<string>()
    const answered = new Set<string>()
    for (const kind of kinds)
      for (const useCase of allUseCases().filter(({ devices }) => devices.includes(kind)))
        for (const party of h.farEnd.parties) {
          if (!useCase.from.includes(party.role)) continue
          const { octets } = party.build(sampleCommand(useCase, h[kind].id, party.role, h.premises.smki))
          sent.add(useCase.name)
          const answer = await h.premises.exchange(octets, 3600)
          if (answer.kind !== 'response') continue
          answered.add(useCase.name)
          break
        }
    const { complaints, values } = dissectWan(path)
    expect(complaints).toEqual([])
    expect(values).toEqual(passed.map(wanValues))
    const executable = allUseCases().filter(({ category }) => category !== 'SME.C.PPMID-GSME')
    expect(executable.filter(({ name }) => !sent.has(name)).map(({ name }) => name)).toEqual([])
    // the recovery party does not have the contingency key
    expect(executable.filter(({ name }) => !answered.has(name)).map(({ name }) => name)).toEqual([
      'CS02b_anyByContingency',
    ])
  })
})
