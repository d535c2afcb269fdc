import { readFileSync } from 'node:fs'
import { mermaid } from '@smets2-sim/firmware'
import { expect, it } from 'vitest'
import { keypadDialogue } from './keypad.js'

it('draws its machine in the README as its table is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const drawn = /^## (.+)\n\n```mermaid\n([^`]*)\n```$/m.exec(readme)
  expect(drawn?.slice(1)).toEqual([keypadDialogue.name, mermaid(keypadDialogue, 'browsing')])
})
