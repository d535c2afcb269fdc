import { readFileSync } from 'node:fs'
import { type Machine, mermaid } from '@smets2-sim/firmware'
import { expect, it } from 'vitest'
import { commissioning, dutyCycle, joinWindow } from './index.js'

it('draws every machine in the README as its table is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const drawn = [...readme.matchAll(/^## (.+)\n\n```mermaid\n([^`]*)\n```$/gm)].map(([, title, text]) => [title, text])
  const machines: readonly (readonly [Machine<string, string>, string])[] = [
    [joinWindow, 'closed'],
    [commissioning, 'new'],
    [dutyCycle, 'normal'],
  ]
  expect(drawn).toEqual(machines.map(([machine, initial]) => [machine.name, mermaid(machine, initial)]))
})
