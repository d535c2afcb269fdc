import { concat, fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stuff } from '../framing/stuffing.js'
import { command, commandStatus, decodeStickFrame, encodeStickFrame } from './frame.js'
import { stickJoining, stickNetwork } from './machines.js'
import { everyone, program, short } from './program.fixture.js'
import { fixtureView, meterId } from './view.fixture.js'

const permit = { cluster: 0x0036, asdu: Uint8Array.of(9, 60, 1) }

describe('frames of the stick', () => {
  it("carry the two's complement of their sum", () => {
    const frame = { command: 0x07, seq: 1, status: 0, body: Uint8Array.of(0, 0, 0) }
    expect(toHex(encodeStickFrame(frame))).toBe('0701000800000000f0ff')
  })
  it('come back, and no wrong octet goes unnoticed', () => {
    const frame = fc.record({
      command: fc.nat(255),
      seq: fc.nat(255),
      status: fc.nat(255),
      body: fc.uint8Array({ maxLength: 200 }),
    })
    fc.assert(
      fc.property(frame, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, difference) => {
        const octets = encodeStickFrame(value)
        expect(decodeStickFrame(octets)).toEqual(value)
        const at = place % octets.length
        octets[at] = (octets[at] as number) ^ difference
        expect(() => decodeStickFrame(octets)).toThrowError(GbcsError)
      }),
    )
  })
})

describe('the stick', () => {
  it('answers nothing but frames, and tells the rest', () => {
    const { stick, heard, problems } = program()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (noise) => {
        stick.receive(noise)
        stick.receive(Uint8Array.of(0xc0))
      }),
    )
    expect(heard).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    heard.length = 0
    stick.receive(
      concat(
        Uint8Array.of(0xc0),
        stuff(encodeStickFrame({ command: 0x0d, seq: 1, status: 0, body: new Uint8Array(4) })),
      ),
    )
    expect(heard).toMatchObject([{ command: 0x0d, seq: 1, status: 0, body: fromHex('00077826') }])
  })
  it('refuses commands that it does not know, and bodies that are none, and does nothing', () => {
    const view = fixtureView()
    const { say, problems } = program(view)
    expect(say(0x30).status).toBe(commandStatus.unsupported)
    for (const id of [
      command.readParameter,
      command.writeParameter,
      command.apsDataRequest,
      command.changeNetworkState,
    ])
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 8 }), (body) => {
          // A body of a length that is right may be a real command; here none is.
          if (body[0] === body.length - 2 && body[1] === 0) return
          if (id === command.changeNetworkState && (body[0] === 0 || body[0] === 2)) return
          expect(say(id, body).status).toBe(commandStatus.invalidValue)
        }),
      )
    expect(problems.length).toBeGreaterThan(0)
    expect(view.permitted).toEqual([])
  })
  it('shows the coordinator of the view, keeps what is written, and refuses what is not to be written', () => {
    const { read, write, stick } = program()
    expect(read(0x01)).toEqual({ status: 0, value: '332211feff2e2100' })
    expect(read(0x0e).value).toBe(read(0x01).value)
    expect(read(0x05)).toEqual({ status: 0, value: '621a' })
    expect(read(0x1c)).toEqual({ status: 0, value: '0b' })
    expect(read(0x18, 0)).toEqual({ status: 0, value: '000102030405060708090a0b0c0d0e0f' })
    expect(read(0x18, 1).status).toBe(commandStatus.invalidValue)
    expect(read(0x18).status).toBe(commandStatus.invalidValue)
    expect(read(0x77).status).toBe(commandStatus.unsupported)
    expect(write(0x05, 0x34, 0x12)).toBe(0)
    stick.restart()
    expect(read(0x05).value).toBe('3412')
    expect(write(0x05, 1)).toBe(commandStatus.invalidValue)
    expect(write(0x1c, 12)).toBe(commandStatus.unsupported)
    expect(write(0x13, 0, ...new Uint8Array(65))).toBe(commandStatus.invalidValue)
  })
  it('moves to the channel of its mask when the network starts, and sends nothing while it is down', () => {
    const { say, read, write, send, state } = program()
    expect(state() & 3).toBe(2)
    write(0x0a, 0, 0, 0, 2)
    expect(say(command.changeNetworkState, Uint8Array.of(0)).status).toBe(0)
    expect(state() & 3).toBe(0)
    expect(send(short(0), {}).status).toBe(commandStatus.noNetwork)
    say(command.changeNetworkState, Uint8Array.of(2))
    expect(state() & 3).toBe(2)
    expect(read(0x1c).value).toBe('19')
    expect(say(command.changeNetworkState, Uint8Array.of(1)).status).toBe(commandStatus.invalidValue)
  })
  it('has room for sixteen confirmations', () => {
    const { send, confirm, state } = program()
    for (let i = 0; i < 16; i++) {
      expect(state() & 0x20).toBe(0x20)
      expect(send(short(0x7777), { id: i, cluster: 2, asdu: Uint8Array.of(1, 0x77, 0x77) }).status).toBe(0)
    }
    expect(state() & 0x24).toBe(0x04)
    expect(send(short(0x7777), {}).status).toBe(commandStatus.busy)
    expect(confirm()).toBe(0xe9)
    expect(state() & 0x20).toBe(0x20)
  })
  it('drops the oldest of too many frames, and says so', () => {
    const { stick, problems, indication, state } = program()
    for (let i = 0; i < 65; i++) stick.event({ kind: 'announced', device: meterId })
    expect(problems).toEqual(['more than 64 frames wait: the oldest is dropped'])
    expect(state() & 0x08).toBe(0x08)
    expect(indication()?.asdu[0]).toBe(2)
  })
  it('tells at once when a frame arrives', () => {
    const { stick, heard, indication } = program()
    stick.event({ kind: 'announced', device: meterId })
    expect(heard).toMatchObject([{ command: command.statusChanged, body: Uint8Array.of(0x2a, 0) }])
    expect(indication()).toMatchObject({ source: 0x4e1a, cluster: 0x0013, asdu: fromHex('011a4e000001301fd5b3908e') })
    expect(indication()).toBeUndefined()
    stick.event({ kind: 'announced', device: '0000000000000001' as typeof meterId })
    expect(indication()).toBeUndefined()
  })
})

describe('joining', () => {
  it('is announced when the program has fetched the end of its broadcast, not before', () => {
    const view = fixtureView()
    const { write, send, confirm, indication, state } = program(view)
    write(0x21, 60)
    expect(view.permitted).toEqual([60])
    expect(indication()).toBeUndefined()
    expect(send(everyone, permit).status).toBe(0)
    for (let i = 0; i < 30; i++) state()
    expect(indication()).toBeUndefined()
    expect(confirm()).toBe(0)
    expect(indication()?.cluster).toBe(0x0013)
    expect(indication()).toBeUndefined()
  })
  it('needs no broadcast when the coordinator alone is opened', () => {
    const { write, indication, state } = program()
    write(0x21, 60)
    for (let i = 0; i < 9; i++) state()
    expect(indication()).toBeUndefined()
    state()
    expect(indication()?.cluster).toBe(0x0013)
  })
  it('is announced by nobody when the network is closed, and anew when it is opened again', () => {
    const view = fixtureView()
    const { write, send, confirm, indication } = program(view)
    send(everyone, permit)
    confirm()
    expect(indication()).toBeUndefined()
    write(0x21, 60)
    write(0x21, 0)
    send(everyone, { ...permit, asdu: Uint8Array.of(9, 0, 1) })
    confirm()
    expect(indication()).toBeUndefined()
    for (let round = 0; round < 2; round++) {
      write(0x21, 60)
      send(everyone, permit)
      confirm()
      expect(indication()?.cluster).toBe(0x0013)
    }
    expect(view.permitted).toEqual([60, 0, 60, 60])
  })
  it('is a table from which every state can be left for closed', () => {
    for (const state of stickJoining.states)
      expect([state, stickJoining.next(state, 'ended') ?? state]).toEqual([state, 'closed'])
    expect(stickJoining.next('closed', 'broadcastConfirmed')).toBeUndefined()
    expect(stickNetwork.next('connected', 'disconnect')).toBe('disconnected')
  })
})
