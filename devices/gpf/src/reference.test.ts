import { describe, expect, it } from 'vitest'
import { rtds } from '../../../packages/gbcs/src/rtds.fixture.js'
import { exchangesOf, play } from '../../../packages/firmware/src/gas/reference.fixture.js'
import { gpf } from './index.js'

const exchanges = rtds ? exchangesOf('00db1234567890a3') : []

describe.skipIf(!rtds)('the reference exchanges of a gas proxy', () => {
  it.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', (_name, exchange) => {
    expect(play(gpf, exchange).result).toBe('identical')
  })
})
