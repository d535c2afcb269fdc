import { fromIso } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { Home } from '../home.js'
import { replay } from '../recording/replay.js'
import { Play, scenarios, Transcript, virtualStage } from './index.js'

describe('every scenario', () => {
  const played = [
    ...Object.keys(scenarios).map((name) => [name, 'direct'] as const),
    ...(['hub-replacement', 'decommission'] as const).map((name) => [name, 'han'] as const),
  ]
  it.each(played)('%s ends as it should, in virtual time (%s)', async (name, network) => {
    const scenario = scenarios[name] as (typeof scenarios)[string]
    await using h = new Home({ ...scenario.home, network, now: fromIso('2026-01-01T00:00:00Z') })
    const lines: string[] = []
    const transcript = new Transcript((line) => lines.push(line))
    const play = new Play(virtualStage(h), transcript)
    await scenario.run(play)
    play.tallyAlerts()
    transcript.summary()
    expect(lines.filter((line) => line.includes('NOT AS IT SHOULD'))).toEqual([])
    expect(transcript.counts).toMatchObject({ failures: 0 })
    expect(transcript.counts.commands).toBeGreaterThan(10)
    expect(lines.at(-1)).toBe('  everything was as it should be')
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
})

describe('a play', () => {
  it('tells what is not as it should be', async () => {
    const tour = scenarios['tour'] as (typeof scenarios)[string]
    await using h = new Home({ ...tour.home, now: 820_000_000 })
    const transcript = new Transcript(() => undefined)
    const play = new Play(virtualStage(h), transcript)
    // ends a read, loses an answer, keeps an alert from its party
    h.faults.item(h.chf, 'attribute 1/0-0:0.2.1.255/2', 1)
    h.faults.drop({ from: 'esme', nth: 12 })
    await tour.run(play)
    expect(transcript.counts.failures).toBeGreaterThan(0)
  })
})
