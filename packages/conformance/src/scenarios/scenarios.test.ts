import { fromIso } from '@smets2-sim/cosem'
import { Home, Play, type Scenario, Transcript, virtualStage } from '@smets2-sim/home'
import { describe, expect, it } from 'vitest'
import { credentialScenarios } from './index.js'

/** Plays a scenario in virtual time; what was told, and how it went. */
async function played(scenario: Scenario) {
  await using home = new Home({ ...scenario.home, now: fromIso('2026-01-01T00:00:00Z') })
  const lines: string[] = []
  const transcript = new Transcript((line) => lines.push(line))
  const play = new Play(virtualStage(home), transcript)
  await scenario.run(play)
  play.tallyAlerts()
  return { lines, counts: transcript.counts }
}

describe('every scenario of the life of credentials', () => {
  it.each(Object.entries(credentialScenarios))('%s ends as it should, in virtual time', async (_name, scenario) => {
    const { lines, counts } = await played(scenario)
    expect(lines.filter((line) => line.includes('NOT AS IT SHOULD'))).toEqual([])
    expect(counts).toMatchObject({ failures: 0 })
    expect(counts.commands).toBeGreaterThan(1)
    expect(counts.refused).toBeGreaterThan(0)
  })
})
