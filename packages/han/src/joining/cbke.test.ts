import { describe, expect, it } from 'vitest'
import { type Eui64, toHex } from '@smets2-sim/bytes'
import { native, noble } from '@smets2-sim/crypto'
import { keyEstablishment, suite2 } from '@smets2-sim/zcl'
import { id } from '../home.fixture.js'
import { network } from '../network.js'
import { node } from '../node.js'
import { seeded } from '../random.js'
import { command, type Command, type ReceivedCommand } from '../stack/zcl-handler.js'
import { virtualTime } from '../virtual-time.fixture.js'
import { agree, modelCertificate, modelEphemeral, type Party, refusalOf, terminateStatus } from './cbke.js'
import { CbkeClient, type Establishment } from './cbke-client.js'
import { CbkeServer } from './cbke-server.js'

const party = (n: number): Party => ({
  eui64: id(n),
  certificate: modelCertificate(native, id(n)),
  ephemeral: modelEphemeral(seeded(n)),
})
const { toServer } = keyEstablishment

describe('the agreement', () => {
  it('gives both sides the same keys, with either provider', () => {
    const [device, hub] = [party(2), party(1)]
    const first = agree(native, device, hub)
    expect(agree(noble, device, hub)).toEqual(first)
    expect(first.linkKey).toHaveLength(16)
    expect(toHex(first.initiatorCode)).not.toBe(toHex(first.responderCode))
  })
  it.each(['certificate', 'ephemeral'] as const)('changes with every octet of a %s', (part) => {
    const [device, hub] = [party(2), party(1)]
    const before = agree(native, device, hub)
    const octets = device[part].slice()
    octets[octets.length - 1] = (octets[octets.length - 1] as number) ^ 1
    const after = agree(native, { ...device, [part]: octets }, hub)
    expect(toHex(after.linkKey)).not.toBe(toHex(before.linkKey))
    expect(toHex(after.initiatorCode)).not.toBe(toHex(before.initiatorCode))
  })
})

describe('a certificate', () => {
  it('has 74 octets, names its device and is refused for any other', () => {
    const { certificate } = party(2)
    expect(certificate).toHaveLength(suite2.certificateOctets)
    expect(refusalOf(certificate, id(2))).toBeUndefined()
    expect(refusalOf(certificate, id(3))).toBe(terminateStatus.invalidCertificate)
    expect(refusalOf(certificate.subarray(1), id(2))).toBe(terminateStatus.invalidCertificate)
    for (const [at, status] of [
      [0, terminateStatus.invalidCertificate],
      [9, terminateStatus.invalidCertificate], // curve
      [10, terminateStatus.invalidCertificate], // hash
      [12, terminateStatus.unknownIssuer],
      [36, terminateStatus.invalidCertificate], // key usage
    ] as const) {
      const changed = certificate.slice()
      changed[at] = (changed[at] as number) ^ 0x40
      expect(refusalOf(changed, id(2))).toBe(status)
    }
  })
})

function ends(accepts: (peer: Eui64) => boolean = () => true) {
  const time = virtualTime()
  const air = network({ scheduler: time, cipher: native, seed: 3 })
  const nodes = [1, 2, 3].map((n) => node(air, { eui64: id(n) }))
  nodes.forEach((each, n) => {
    each.enter(0x1234, 0x10 * n, undefined)
    nodes.forEach((other, m) => each.addresses.learn(other.eui64, 0x10 * m))
  })
  const [hub, device, other] = nodes as [(typeof nodes)[number], (typeof nodes)[number], (typeof nodes)[number]]
  const established: string[] = []
  new CbkeServer(hub, 1, accepts, (peer, linkKey) => established.push(`${peer} ${toHex(linkKey)}`))
  /** Sends one message to the hub, and gives what it answers. */
  const ask = (from: typeof hub, sent: Command): Pick<ReceivedCommand, 'name' | 'fields'> | undefined => {
    let answer: ReceivedCommand | undefined
    from.zcl.serve(7, keyEstablishment.id, 'client', {
      command: (received) => {
        answer = received
        return undefined
      },
    })
    from.zcl.send({ to: { eui64: hub.eui64, endpoint: 1 }, from: 7, cluster: keyEstablishment.id, as: 'client' }, sent)
    time.advance(1000)
    return answer && ({ name: answer.name, fields: answer.fields } as Pick<ReceivedCommand, 'name' | 'fields'>)
  }
  const initiate = (n: number, change: { suite?: number; identity?: Uint8Array } = {}): Command =>
    command(toServer.initiateKeyEstablishmentRequest, {
      keyEstablishmentSuite: change.suite ?? suite2.suite,
      ephemeralDataGenerateTime: 10,
      confirmKeyGenerateTime: 10,
      identity: change.identity ?? party(n).certificate,
    })
  return { time, hub, device, other, established, ask, initiate }
}
const terminated = (statusCode: number, waitTime = 10) => ({
  name: 'terminateKeyEstablishment',
  fields: { statusCode, waitTime, keyEstablishmentSuite: 2 },
})

describe('key establishment', () => {
  it('gives both ends one key', () => {
    const { time, hub, device, established } = ends()
    const client = new CbkeClient(device, 1)
    const results: Establishment[] = []
    client.start({ eui64: hub.eui64, endpoint: 1 }, (result) => results.push(result))
    time.advance(1000)
    const [result] = results
    expect(client.progress.state).toBe('established')
    expect(established).toEqual([`${id(2)} ${toHex((result as { linkKey: Uint8Array }).linkKey)}`])
  })

  it('is ended for another suite, another certificate, and a node that may not', () => {
    const { device, ask, initiate } = ends()
    expect(ask(device, initiate(2, { suite: 1 }))).toEqual(terminated(terminateStatus.unsupportedSuite))
    expect(ask(device, initiate(2, { identity: party(3).certificate }))).toEqual(
      terminated(terminateStatus.invalidCertificate),
    )
    const strict = ends(() => false)
    expect(strict.ask(strict.device, strict.initiate(2))).toEqual(terminated(terminateStatus.badMessage))
  })

  it('serves one device at a time, and a second one after the first has gone', () => {
    const { time, device, other, ask, initiate } = ends()
    expect(ask(device, initiate(2))?.name).toBe('initiateKeyEstablishmentResponse')
    expect(ask(other, initiate(3))).toEqual(terminated(terminateStatus.noResources, 30))
    time.advance(30_000)
    expect(ask(other, initiate(3))?.name).toBe('initiateKeyEstablishmentResponse')
  })

  it('is ended by a message out of turn, and by a wrong code', () => {
    const { device, ask, initiate, established } = ends()
    const ephemeral = command(toServer.ephemeralDataRequest, { ephemeralData: party(2).ephemeral })
    const confirm = command(toServer.confirmKeyDataRequest, { messageAuthenticationCode: new Uint8Array(16) })
    expect(ask(device, ephemeral)).toEqual(terminated(terminateStatus.badMessage))
    ask(device, initiate(2))
    expect(ask(device, confirm)).toEqual(terminated(terminateStatus.badMessage))
    ask(device, ephemeral)
    expect(ask(device, confirm)).toEqual(terminated(terminateStatus.badKeyConfirm))
    expect(established).toEqual([])
  })

  it('tells the device how long to wait when it was ended', () => {
    const { time, hub, device, other, ask, initiate } = ends()
    ask(other, initiate(3))
    const results: Establishment[] = []
    const client = new CbkeClient(device, 1)
    client.start({ eui64: hub.eui64, endpoint: 1 }, (result) => results.push(result))
    time.advance(1000)
    expect([results, client.progress.state]).toEqual([[{ waitS: 30 }], 'failed'])
  })
})
