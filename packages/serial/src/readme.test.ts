import { readFileSync } from 'node:fs'
import { mermaid } from '@smets2-sim/firmware'
import { expect, it } from 'vitest'
import { frameStatus, slipTypes } from './framing/index.js'
import { stickJoining } from './ncp/index.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const hex2 = (octet: number): string => octet.toString(16).padStart(2, '0').toUpperCase()

/** Rows of a table that begin with an octet and a name. */
const rows = (heading: string): string[] =>
  [
    ...(readme.split(new RegExp(`\\| ${heading} +\\|`))[1]?.split('\n\n')[0] ?? '').matchAll(/^\| (`..` \w+) +\|/gm),
  ].map(([, cell]) => cell ?? '')

it('tables every type of frame and every status', () => {
  expect(rows('type')).toEqual(Object.entries(slipTypes).map(([name, { id }]) => `\`${hex2(id)}\` ${name}`))
  expect(rows('status')).toEqual(Object.entries(frameStatus).map(([name, id]) => `\`${hex2(id)}\` ${name}`))
})
it('draws the table of joining', () => {
  expect(readme).toContain(`\`\`\`mermaid\n${mermaid(stickJoining, 'closed')}\n\`\`\``)
})
