import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allUseCases } from '@smets2-sim/gbcs'
import { toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { linkKeyOf } from '@smets2-sim/han'
import { deviceNames, home, installCodeOf } from '@smets2-sim/home'
import { afterAll, describe, expect, it } from 'vitest'
import { complaintsOf, dissectWan, hasTshark, wanValues } from '../../../home/src/capture/tshark.fixture.js'
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
  it('are whole in the frames of the home area network', async () => {
    await using h = await home({ seed: 4, network: 'han', gasWakeS: 60 })
      .electricity()
      .gas()
      .ppmid()
      .hcalcs()
      .commission()
    const path = join(dir, 'air.pcap')
    h.capture({ han: path })
    const carried: string[] = []
    // what concerns the hub itself is not on the air
    for (const kind of ['esme', 'gsme', 'ppmid', 'hcalcs'] as const)
      for (const useCase of allUseCases().filter(({ devices }) => devices.includes(kind))) {
        const party = h.farEnd.parties.find(({ role }) => useCase.from.includes(role))
        if (!party) continue
        const { octets } = party.build(sampleCommand(useCase, h[kind].id, party.role, h.premises.smki))
        carried.push(wanValues(octets).join(' '))
        const answer = await h.premises.exchange(octets, 600)
        if (answer.kind === 'response') carried.push(wanValues(answer.message).join(' '))
      }
    const keys = deviceNames.flatMap((name) => [
      '-o',
      `uat:zigbee_pc_keys:"${toHex(linkKeyOf(native, installCodeOf(4, name)))}","Normal","link"`,
    ])
    expect(complaintsOf(path, keys)).toEqual([])
    const seen = new Set(dissectWan(path, [...keys, '-Y', 'gbcs_message']).values.map((row) => row.join(' ')))
    expect(carried.filter((one) => !seen.has(one))).toEqual([])
    expect(carried.length).toBeGreaterThan(300)
  })
})
