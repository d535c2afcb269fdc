import { concat, fromHex, Reader, toHex, Writer } from '@smets2-sim/bytes'
import { expect } from 'vitest'
import { stuff, Unstuffer } from '../framing/stuffing.js'
import { command, decodeStickFrame, encodeStickFrame, type StickFrame, withLength } from './frame.js'
import { DeconzStick } from './stick.js'
import type { NcpNetworkView } from './view.js'
import { fixtureView } from './view.fixture.js'

/** A program at a stick: says a command, hears what is said at once. */
export function program(view: NcpNetworkView = fixtureView()) {
  const unstuffer = new Unstuffer(512)
  const heard: StickFrame[] = []
  const problems: string[] = []
  const stick = new DeconzStick(view, {
    send: (octets) => {
      for (const packet of unstuffer.push(octets))
        heard.push(decodeStickFrame(packet.kind === 'packet' ? packet.bytes : expect.fail(packet.kind)))
    },
    problem: (text) => problems.push(text),
  })
  let seq = 0
  const say = (id: number, body: Uint8Array = new Uint8Array()): StickFrame => {
    seq = (seq + 1) & 0xff
    heard.length = 0
    stick.receive(stuff(encodeStickFrame({ command: id, seq, status: 0, body })))
    const reply = heard.find((frame) => frame.command === id && frame.seq === seq)
    return reply ?? expect.fail(`no reply to ${id}`)
  }
  const payload = (frame: StickFrame): Uint8Array => {
    const reader = new Reader(frame.body)
    return reader.take(reader.uintLe(2, 'length'), 'payload')
  }
  const read = (id: number, ...argument: number[]) => {
    const reply = say(command.readParameter, withLength(Uint8Array.of(id, ...argument)))
    return { status: reply.status, value: toHex(payload(reply).subarray(1 + argument.length)) }
  }
  const write = (id: number, ...value: number[]) =>
    say(command.writeParameter, withLength(Uint8Array.of(id, ...value))).status
  const state = (): number => say(command.status).body[0] as number
  const send = (
    to: Uint8Array,
    {
      id = 1,
      profile = 0,
      cluster = 0,
      asdu = new Uint8Array(),
    }: { id?: number; profile?: number; cluster?: number; asdu?: Uint8Array },
  ): StickFrame =>
    say(
      command.apsDataRequest,
      withLength(
        new Writer()
          .u8(id)
          .u8(0)
          .bytes(to)
          .uintLe(2, profile)
          .uintLe(2, cluster)
          .u8(profile === 0 ? 0 : 1)
          .uintLe(2, asdu.length)
          .bytes(asdu)
          .u8(0)
          .u8(30)
          .done(),
      ),
    )
  /** Status of the oldest confirmation. */
  const confirm = (): number => payload(say(command.apsDataConfirm)).at(-5) as number
  const indication = () => {
    const reply = say(command.apsDataIndication)
    if (reply.status !== 0) return undefined
    const reader = new Reader(payload(reply))
    reader.take(5, 'state and destination')
    reader.u8('source mode')
    const source = reader.uintLe(2, 'source')
    const endpoint = reader.u8('endpoint')
    const profile = reader.uintLe(2, 'profile')
    const cluster = reader.uintLe(2, 'cluster')
    return { source, endpoint, profile, cluster, asdu: reader.take(reader.uintLe(2, 'length'), 'asdu').slice() }
  }
  return { stick, heard, problems, say, read, write, state, send, confirm, indication }
}
export const short = (address: number, endpoint = 0): Uint8Array =>
  new Writer().u8(2).uintLe(2, address).u8(endpoint).done()
export const ieee = (id: string, endpoint = 0): Uint8Array =>
  concat(Uint8Array.of(3), fromHex(id).reverse(), Uint8Array.of(endpoint))
export const everyone = short(0xfffc)
/** When promises that are settled have been heard. */
export const soon = (): Promise<void> => new Promise(setImmediate)
