import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { allowedDifferences } from './allowed.js'
import { standardKinds } from './keys.js'
import { targetDefaults } from './run-target.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const flat = readme.replace(/\s+/g, ' ')

it('the README has every difference that is allowed, with its reason', () => {
  for (const [name, reason] of Object.entries(allowedDifferences)) expect(flat).toContain(`| \`${name}\` | ${reason} |`)
})
it('the README has the defaults and the kinds', () => {
  for (const value of Object.values(targetDefaults))
    expect(flat).toMatch(new RegExp(`\\| \`--[a-z]+ [a-z]+\` \\| ${value} \\|`))
  for (const kind of standardKinds.filter((one) => one !== 'ihd')) expect(flat).toContain(`\`${kind}\``)
})
