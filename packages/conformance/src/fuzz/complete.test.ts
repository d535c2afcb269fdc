import { readdirSync, readFileSync } from 'node:fs'
import * as bytes from '@smets2-sim/bytes'
import * as cosem from '@smets2-sim/cosem'
import * as crypto from '@smets2-sim/crypto'
import * as firmware from '@smets2-sim/firmware'
import * as gbcs from '@smets2-sim/gbcs'
import * as han from '@smets2-sim/han'
import * as home from '@smets2-sim/home'
import * as parties from '@smets2-sim/parties'
import * as serial from '@smets2-sim/serial'
import * as zcl from '@smets2-sim/zcl'
import { expect, it } from 'vitest'

it('the fuzzer has every decoder that a package exports', () => {
  const rooms = [bytes, cosem, crypto, firmware, gbcs, han, han.frames, home, parties, serial, zcl]
  const decoders = rooms.flatMap((room) => Object.keys(room).filter((name) => /^(decode|parse)[A-Z]/.test(name)))
  const folder = new URL('.', import.meta.url)
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const missing = decoders.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))
  expect(decoders.length).toBeGreaterThan(30)
  expect(missing).toEqual([])
})
