import type { KeyVault } from '@smets2-sim/crypto'
import type { StateStore } from '@smets2-sim/firmware'
import { CS02c, CS02d, ECS42, ECS52 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { Home, home, replay } from '../index.js'

type Usage = 'digitalSignature' | 'keyAgreement'

/** Stores and vaults that last longer than a home. */
function cellar() {
  const kept = new Map<string, Uint8Array>()
  const shelf = (name: string) => ({
    load: () => kept.get(name),
    save: (octets: Uint8Array) => void kept.set(name, octets.slice()),
  })
  return {
    store: (name: string): StateStore => shelf(name),
    vault: (name: string): KeyVault => shelf(`keys of ${name}`),
  }
}
const config = { seed: 7, now: 820_540_800, electricity: {} }
const usages = ['digitalSignature', 'keyAgreement'] as const

/** The certificate of a key that the meter makes. */
async function certified(h: Home, keyUsage: Usage): Promise<Uint8Array> {
  const { value } = await h.supplier.send(CS02c.command({ to: h.esme.id, value: { keyUsage } }))
  return h.premises.smki.issueDeviceCertificate(value.value as Uint8Array)
}
async function give(h: Home, certificate: Uint8Array): Promise<void> {
  expect((await h.supplier.send(CS02d.command({ to: h.esme.id, value: certificate }))).value).toBe(0)
  h.farEnd.inventory.renew(certificate)
}
/** One response under each of the two keys; with counters above all that came before in another home. */
async function answers(h: Home, counter?: bigint): Promise<void> {
  const [read, order] = [ECS52.command({ to: h.esme.id }), ECS42.command({ to: h.esme.id })]
  for (const [n, request] of [read, order].entries())
    expect(
      (await h.supplier.send<unknown>(request, counter === undefined ? {} : { originatorCounter: counter + BigInt(n) }))
        .ok,
    ).toBe(true)
}

describe('a key that a meter of a home has made', () => {
  it('answers when the home is started again from what it kept', async () => {
    const parts = cellar()
    {
      await using first = new Home(config, parts)
      for (const usage of usages) await give(first, await certified(first, usage))
      await answers(first, 100n)
      first.powerCycle('esme')
      await answers(first, 200n)
    }
    await using second = new Home({ ...config, now: config.now + 3600 }, parts)
    await answers(second, 300n)
    // the keys of the factory are none of this meter's any more
    second.farEnd.inventory.addDevice('esme', second.premises.smki.device(second.esme.id))
    await expect(answers(second, 400n)).rejects.toThrow()
  })
  it('is lost with its vault, and then nothing that it was for is answered', async () => {
    const parts = cellar()
    {
      await using first = new Home(config, parts)
      await give(first, await certified(first, 'keyAgreement'))
    }
    await using second = new Home({ ...config, now: config.now + 3600 }, { store: parts.store })
    await expect(answers(second, 300n)).rejects.toMatchObject({ reason: 'badMac' })
  })
  it('waits for its certificate while the meter is off', async () => {
    await using h = new Home(config, cellar())
    const waiting = await certified(h, 'keyAgreement')
    h.powerCycle('esme')
    await answers(h)
    await give(h, waiting)
    await answers(h)
  })
  it('is made again by a replay, whose octets are the same', async () => {
    await using h = await home({ seed: 7 }).electricity().commission()
    for (const usage of usages) await give(h, await certified(h, usage))
    await answers(h)
    expect(replay(h.recording())).toMatchObject({ identical: true })
  })
})
