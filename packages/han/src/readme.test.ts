import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { establishmentTable } from './joining/cbke-table.js'
import { joinTable } from './joining/join-table.js'
import { downloadTable } from './ota/download-table.js'
import { Progress, type Transitions } from './transitions.js'
import { tunnelClientTable, tunnelServerTable } from './tunnel/tunnel-table.js'

const machines: readonly (readonly [name: string, table: Transitions, initial: string])[] = [
  ['Joining', joinTable, 'idle'],
  ['Key establishment', establishmentTable, 'idle'],
  ['Tunnel, client', tunnelClientTable, 'closed'],
  ['Tunnel, server', tunnelServerTable, 'none'],
  ['Firmware image', downloadTable, 'idle'],
]

/** A table as a Mermaid state diagram. */
function drawing(table: Transitions, initial: string): string {
  const lines = Object.entries(table).flatMap(([state, row]) =>
    Object.entries(row).map(([event, next]) => `  ${state} --> ${next}: ${event}`),
  )
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${initial}`, ...lines, '```'].join('\n')
}

describe.each(machines)('the machine %s', (name, table, initial) => {
  it('is drawn in the README as it is executed', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(readme).toContain(`### ${name}\n\n${drawing(table, initial)}\n`)
  })

  it('leads only to its own states, reaches all of them and can leave each', () => {
    const reached = new Set([initial])
    for (const state of reached) for (const next of Object.values(table[state] ?? {})) reached.add(next)
    expect([...reached].sort()).toEqual(Object.keys(table).sort())
    for (const row of Object.values(table)) expect(Object.keys(row).length).toBeGreaterThan(0)
  })
})

describe('a run of a machine', () => {
  it('ignores what means nothing in its state', () => {
    const entered: string[] = []
    const progress = new Progress(tunnelServerTable, 'none', (state, event) => entered.push(`${event} ${state}`))
    expect([progress.fire('expired'), progress.fire('granted'), progress.fire('closed')]).toEqual([false, true, true])
    expect([progress.state, entered]).toEqual(['none', ['granted active', 'closed none']])
  })
})
