import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromIso } from '@smets2-sim/cosem'
import { ECS52 } from '@smets2-sim/gbcs'
import { afterAll, describe, expect, it } from 'vitest'
import { Home } from '../home.js'
import { home, Play, scenarios, Transcript, virtualStage } from '../index.js'
import { dissectWan, hasTshark, wanValues } from './tshark.fixture.js'

const dir = mkdtempSync(join(tmpdir(), 'capture-'))
afterAll(() => rmSync(dir, { recursive: true }))

const RECORD_HEADER = 16
const FILE_HEADER = 24

/** What stands in the records of a capture file. */
function recordsOf(path: string): Buffer[] {
  const octets = readFileSync(path)
  const records: Buffer[] = []
  for (let at = FILE_HEADER; at < octets.length; ) {
    const length = octets.readUInt32BE(at + 8)
    records.push(octets.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length))
    at += RECORD_HEADER + length
  }
  return records
}

describe('a capture of the wide area network', () => {
  it('holds command and response, from when it began until it ends', async () => {
    await using h = home({ seed: 7 }).electricity().build()
    const ask = () => h.supplier.send(ECS52.command({ to: h.esme }))
    await ask()
    const capture = h.capture(join(dir, 'two.pcap'))
    await ask()
    capture.close()
    await ask()
    expect(capture.paths).toEqual([join(dir, 'two.wan.pcap')])
    expect(existsSync(join(dir, 'two.han.pcap'))).toBe(false)
    expect(recordsOf(join(dir, 'two.wan.pcap'))).toHaveLength(2)
  })
  it('holds what the hub heard: not what was lost on its way, and what is still to go out', async () => {
    await using h = home({ seed: 7 }).electricity().build()
    // the hub has said that it is commissioned
    await h.advance('1s')
    const { paths } = h.capture({ wan: join(dir, 'lost.pcap') })
    h.faults.drop({ from: 'wan' })
    h.faults.drop({ from: 'hub', to: 'wan' })
    const ask = () => h.supplier.send(ECS52.command({ to: h.esme }), { timeoutS: 10 }).catch(() => undefined)
    await ask()
    await ask()
    expect(recordsOf(paths[0] as string)).toHaveLength(2)
  })
  it('says so when it cannot be written', async () => {
    await using h = home().build()
    expect(() => h.capture(join(dir, 'nowhere', 'x'))).toThrow(/ENOENT/)
  })
})

describe.skipIf(!hasTshark)('the tour, dissected by tshark', () => {
  it('has nothing malformed, and the values that our decoder finds', async () => {
    const { tour } = scenarios
    if (!tour) throw new Error('there is no tour')
    await using h = new Home({ ...tour.home, now: fromIso('2026-01-01T00:00:00Z') })
    const heard: Uint8Array[] = []
    h.premises.wan.onMessage((message) => heard.push(message))
    const path = join(dir, 'tour.wan.pcap')
    h.capture({ wan: path })
    await tour.run(new Play(virtualStage(h), new Transcript(() => undefined)))
    expect(heard.length).toBeGreaterThan(80)
    const { complaints, values } = dissectWan(path)
    expect(complaints).toEqual([])
    expect(values).toEqual(heard.map(wanValues))
  })
})
