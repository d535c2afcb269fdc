import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { gsmeSections } from './readme.fixture.js'

it('draws the README from the tables as they are', () => {
  const cells = (text: string): string => text.replace(/ *\| */g, '|').replace(/-{3,}/g, '---')
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(cells(readme)).toContain(cells(gsmeSections()))
})
