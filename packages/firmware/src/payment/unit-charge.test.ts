import { GbcsError } from '@smets2-sim/bytes'
import { decodeMessage, ECS07 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'
import { unitChargeMillipence } from './unit-charge.js'

const charge = (amount: number, priceScale: number) => ({ scaling: { priceScale }, charges: [{ charge: amount }] })

describe('a unit charge', () => {
  it('is an amount of money by its scale', () => {
    expect(unitChargeMillipence(charge(5_000, -5))).toBe(5_000)
    expect(unitChargeMillipence(charge(3, -1))).toBe(30_000)
    expect(unitChargeMillipence(charge(20, -6))).toBe(2)
  })
  it('is refused when it is no whole amount or not one', () => {
    expect(() => unitChargeMillipence(charge(25, -6))).toThrowError(GbcsError)
    expect(() => unitChargeMillipence(charge(32_767, 100))).toThrowError(GbcsError)
    expect(() => unitChargeMillipence({ scaling: { priceScale: 0 }, charges: [] })).toThrowError(GbcsError)
  })
})

describe.skipIf(!rtds)('a reference message', () => {
  it('brings a unit charge', () => {
    const found = rtdsMessages().find((row) => row.useCase === 'ECS07' && row.kind === 'command')
    if (!found) throw new Error('no command ECS07')
    const [first] = ECS07.parse(decodeMessage(found.bytes).content)
    expect(unitChargeMillipence(first?.value as ReturnType<typeof charge>)).toBe(30_000)
  })
})
