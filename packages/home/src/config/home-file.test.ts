import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type HomeFileError, parseHomeFile } from './home-file.js'

const folder = new URL('../../../../fixtures/homes/', import.meta.url)
const messageOf = (text: string): string => {
  try {
    parseHomeFile(text, 'h.yaml')
  } catch (error) {
    return (error as HomeFileError).message
  }
  return 'accepted'
}

describe('a home file', () => {
  it.each(readdirSync(folder))('%s is an example that works', (name) => {
    expect(parseHomeFile(readFileSync(new URL(name, folder), 'utf8')).wan.length).toBeGreaterThan(0)
  })
  it('needs an end, and nothing else', () => {
    expect(parseHomeFile('wan: [tcp://127.0.0.1:0]')).toMatchObject({
      seed: 1,
      time: { start: 'now', speed: 1 },
      commission: true,
      ppmid: false,
      wan: [{ kind: 'tcp', host: '127.0.0.1', port: 0, framing: 'auto' }],
    })
    expect(messageOf('seed: 1')).toMatch(/^h\.yaml:1: wan: /)
    expect(messageOf('')).toMatch(/^h\.yaml:1: /)
  })
  it('says line and reason of what is wrong', () => {
    const end = '\nwan:\n  - tcp://127.0.0.1:0\n'
    expect(messageOf(`seed: 7\nelectricity:\n  activeImportWh: -5${end}`)).toMatch(
      /^h\.yaml:3: electricity\.activeImportWh: .*>=0/,
    )
    expect(messageOf(`seed: 7\n\nelectrcity: {}${end}`)).toMatch(/^h\.yaml:3: .*electrcity/)
    expect(messageOf(`time:\n  start: yesterday${end}`)).toMatch(
      /^h\.yaml:2: time\.start: "yesterday" is not a UTC time/,
    )
    expect(messageOf('wan:\n  - tcp://127.0.0.1:0\n  - smoke:signals\n')).toMatch(
      /^h\.yaml:3: wan\.1: target .*no known scheme/,
    )
    expect(messageOf('seed: [1\nwan: x')).toMatch(/^h\.yaml:\d: /)
    expect(messageOf(`seed: x\nppmid: maybe${end}`)).toMatch(/^h\.yaml:1: seed: .*; h\.yaml:2: ppmid: /)
  })
  it('refuses an alias that leads nowhere, and aliases that multiply without end', () => {
    expect(messageOf('wan: [*nowhere]\n')).toMatch(/^h\.yaml:1: Unresolved alias/)
    const levels = 'bcdefghij'
      .split('')
      .map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}*${'abcdefghij'[i]}]`)
    expect(messageOf(`a: &a [x]\n${levels.join('\n')}\n`)).toMatch(/^h\.yaml:1: Excessive alias count/)
  })
  it('takes a part with nothing to say about it', () => {
    expect(parseHomeFile('electricity:\ngas: {}\nwan: ["tcp://[::1]:1"]')).toMatchObject({ electricity: {}, gas: {} })
  })
})
