import { createPrivateKey, createPublicKey } from 'node:crypto'
import { utf8 } from '@smets2-sim/bytes'
import { expect, it, vi } from 'vitest'
import { native } from './index.js'
import { random } from './yardsticks.fixture.js'

vi.mock('node:crypto', async (original) => {
  const actual = await original<typeof import('node:crypto')>()
  return { ...actual, createPublicKey: vi.fn(actual.createPublicKey), createPrivateKey: vi.fn(actual.createPrivateKey) }
})

it('imports a key once, also when it comes in another array', () => {
  const data = utf8('message')
  const point = native.publicKeyOf(random(1)(32))
  for (let round = 0; round < 5; round++) {
    const signature = native.sign(random(1)(32), data)
    expect(native.verify(point.slice(), data, signature)).toBe(true)
    native.ecdh(random(1)(32), point)
  }
  expect(vi.mocked(createPublicKey)).toHaveBeenCalledTimes(1)
  expect(vi.mocked(createPrivateKey)).toHaveBeenCalledTimes(1)
})
it('is not misled by a key that is changed in place', () => {
  const data = utf8('message')
  const scalar = random(1)(32)
  const first = native.publicKeyOf(scalar)
  native.sign(scalar, data)
  scalar.set(random(2)(32))
  const signature = native.sign(scalar, data)
  expect(native.verify(first, data, signature)).toBe(false)
  expect(native.verify(native.publicKeyOf(random(2)(32)), data, signature)).toBe(true)
})
