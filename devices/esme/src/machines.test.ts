import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drawings } from './machines.js'

it('draws every machine in the README as its table is', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(readme.slice(readme.indexOf('### '))).toBe(drawings())
})
