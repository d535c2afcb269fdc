import { readFileSync } from 'node:fs'
import { display, mermaid } from '@smets2-sim/firmware'
import { expect, it } from 'vitest'

it('draws its machine in the README as its table is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const drawn = /^## (.+)\n\n```mermaid\n([^`]*)\n```$/m.exec(readme)
  expect(drawn?.slice(1)).toEqual([display.displayLink.name, mermaid(display.displayLink, 'searching')])
})
