import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { decodeBlockFrame, encodeBlockFrame, toBlocks } from '@smets2-sim/gbcs'
import { message } from '../home.fixture.js'
import { virtualTime } from '../virtual-time.fixture.js'
import { decodeGasTransfer, encodeGasTransfer } from './gas-header.js'
import { GasQueue } from './gas-queue.js'
import { IncomingBlocks } from './incoming-blocks.js'
import { type Carry, Messages } from './messages.js'
import type { Transferred } from './transfer.js'

/** Two ends whose carriers do with each transfer what `fate` says: `swallow` looks taken, but never arrives. */
function pair(fate: (direction: 'down' | 'up', n: number) => Transferred | 'swallow') {
  const time = virtualTime()
  const [up, down]: [string[], string[]] = [[], []]
  const counts = { down: 0, up: 0 }
  const carry =
    (direction: 'down' | 'up', other: () => Messages): Carry =>
    (data, done) => {
      const result = fate(direction, counts[direction]++)
      time.at(time.now() + 100, () => {
        if (result === 'taken') other().receive(data)
        done(result === 'swallow' ? 'taken' : result)
      })
    }
  const hub: Messages = new Messages(
    time,
    carry('down', () => device),
    (got) => up.push(toHex(got)),
  )
  const device: Messages = new Messages(
    time,
    carry('up', () => hub),
    (got) => down.push(toHex(got)),
  )
  return { time, hub, device, up, down, counts }
}
const HOUR = 3_600_000

describe('messages over a carrier', () => {
  it('are whole up to 1,500 octets, and go as blocks beyond', () => {
    const { time, hub, down, counts } = pair(() => 'taken')
    hub.send(message(1500), () => undefined)
    hub.send(message(1501), () => undefined)
    time.advance(HOUR)
    expect(down).toEqual([message(1500), message(1501)].map(toHex))
    expect(counts.down).toBe(1 + 2)
  })

  it('go on with the transfer that failed', () => {
    const { time, hub, down, counts } = pair((_direction, n) => (n === 2 || n === 3 ? 'notDelivered' : 'taken'))
    const done: boolean[] = []
    hub.send(message(5000), (delivered) => done.push(delivered))
    time.advance(HOUR)
    expect(down).toEqual([toHex(message(5000))])
    expect([done, counts.down]).toEqual([[true], 5 + 2])
  })

  it('are given up after all retries, and the next one goes out', () => {
    const { time, hub, down } = pair((_direction, n) => (n < 8 ? 'notDelivered' : 'taken'))
    const done: boolean[] = []
    hub.send(message(50, 1), (delivered) => done.push(delivered))
    hub.send(message(50, 2), (delivered) => done.push(delivered))
    time.advance(HOUR)
    expect([done, down]).toEqual([[false, true], [toHex(message(50, 2))]])
  })

  it('are given up at once when the carrier says that there is no use', () => {
    const { time, hub, counts } = pair(() => 'givenUp')
    const done: boolean[] = []
    hub.send(message(50), (delivered) => done.push(delivered))
    time.advance(1000)
    expect([done, counts.down]).toEqual([[false], 1])
    hub.send(message(50), (delivered) => done.push(delivered))
    hub.abandon()
    expect(done).toEqual([false, false])
  })

  it('are asked for again from the first block that the other end has lost', () => {
    const { time, hub, down, counts } = pair((direction, n) => (direction === 'down' && n === 1 ? 'swallow' : 'taken'))
    hub.send(message(4000), () => undefined)
    time.advance(HOUR)
    expect(down).toEqual([toHex(message(4000))])
    expect(counts).toEqual({ down: 4 + 3, up: 1 }) // blocks 2 to 4 again
  })

  it('arrive once, in order, whatever is lost or fails on the way', () => {
    const fates = fc.array(fc.constantFrom<Transferred>('taken', 'taken', 'noTunnel', 'notDelivered'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(fates, fc.array(fc.integer({ min: 1, max: 6000 }), { maxLength: 6 }), (script, lengths) => {
        let failuresInARow = 0
        const { time, hub, down } = pair((_direction, n) => {
          const fate = script[n] ?? 'taken'
          failuresInARow = fate === 'taken' ? 0 : failuresInARow + 1
          return failuresInARow > 7 ? 'taken' : fate
        })
        const sent = lengths.map((length, n) => message(length, n))
        for (const each of sent) hub.send(each, () => undefined)
        time.advance(24 * HOUR)
        expect(down).toEqual(sent.map(toHex))
      }),
      { numRuns: 60 },
    )
  })
})

describe('blocks that come in', () => {
  const blocks = toBlocks(message(5000))
  const collect = (frames: readonly (typeof blocks)[number][]): string[] => {
    const incoming = new IncomingBlocks()
    return frames.flatMap((frame) => {
      const result = incoming.add(frame)
      return result.kind === 'message' ? [toHex(result.message)] : []
    })
  }

  it('make one message in any order, however often they come', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...blocks.keys()], { minLength: blocks.length }),
        fc.array(fc.nat(blocks.length - 1), { maxLength: 8 }),
        (order, again) => {
          const frames = [...order, ...again].map((i) => blocks[i] as (typeof blocks)[number])
          expect(collect(frames)).toEqual([toHex(message(5000))])
        },
      ),
    )
  })
  it('of another message end the one before', () => {
    const other = toBlocks(message(3000, 9))
    expect(collect([...blocks.slice(0, 3), ...other])).toEqual([toHex(message(3000, 9))])
    // what is left of a lost message hides that another begins, until its end: then it is asked for again
    expect(collect([...blocks.slice(3), ...other, ...other])).toEqual([toHex(message(3000, 9))])
    expect(collect([...blocks, ...blocks])).toEqual([toHex(message(5000))])
    expect(collect([...blocks, ...other, ...blocks])).toHaveLength(3)
  })
  it('that are none, or have no number, do no harm', () => {
    const { time, hub, down } = pair(() => 'taken')
    for (const hex of ['e0', 'e0ff', 'e04100000000820400', 'e0c10040000001aa', 'e0810000000001aa'])
      hub.receive(fromHex(hex))
    time.advance(1000)
    expect(down).toEqual([])
    expect(decodeBlockFrame(encodeBlockFrame(blocks[0] as (typeof blocks)[number])).blockNumber).toBe(1)
  })
})

describe('the header of a gas meter', () => {
  it.each([
    ['01', { kind: 'get' }],
    ['0200', { kind: 'getResponse', remaining: 0, data: fromHex('') }],
    ['0203aabb', { kind: 'getResponse', remaining: 3, data: fromHex('aabb') }],
    ['03cc', { kind: 'put', data: fromHex('cc') }],
  ] as const)('%s', (hex, transfer) => {
    expect(decodeGasTransfer(fromHex(hex))).toEqual(transfer)
    expect(toHex(encodeGasTransfer(transfer))).toBe(hex)
  })
  it.each(['', '00', '04', '0100', '02'])('%s is refused', (hex) => {
    expect(() => decodeGasTransfer(fromHex(hex))).toThrowError(GbcsError)
  })
  it('counts no more than 255 messages', () => {
    expect(toHex(encodeGasTransfer({ kind: 'getResponse', remaining: 300, data: fromHex('') }))).toBe('02ff')
  })
})

describe('the queue for a gas meter', () => {
  const queue = (outcome: () => Transferred, waiting = 1) => {
    const time = virtualTime()
    const [sent, got, flags]: [string[], string[], boolean[]] = [[], [], []]
    const own = new GasQueue({
      scheduler: time,
      carry: (data, done) => {
        sent.push(toHex(data))
        time.at(time.now() + 10, () => done(outcome()))
      },
      received: (data) => got.push(toHex(data)),
      pending: (on) => flags.push(on),
      waiting: () => waiting,
      timeoutS: 60,
    })
    return { time, own, sent, got, flags }
  }

  it('says when there is nothing, and takes what the meter puts', () => {
    const { time, own, sent, got } = queue(() => 'taken', 0)
    own.receive(fromHex('01'))
    own.receive(fromHex('03aabb'))
    own.receive(fromHex('ff'))
    time.advance(100)
    expect([sent, got]).toEqual([['0200'], ['aabb']])
  })

  it('keeps what was not taken, and sets and clears the flag', () => {
    let outcome: Transferred = 'notDelivered'
    const { time, own, sent, flags } = queue(() => outcome, 3)
    const results: Transferred[] = []
    own.hold(fromHex('dd01'), (result) => results.push(result))
    own.receive(fromHex('01'))
    time.advance(100)
    expect([results, flags]).toEqual([[], [true]])
    outcome = 'taken'
    own.receive(fromHex('01'))
    time.advance(100)
    expect([sent, results, flags]).toEqual([['0202dd01', '0202dd01'], ['taken'], [true, false]])
  })

  it('gives up what is not fetched in time', () => {
    const { time, own, flags } = queue(() => 'taken')
    const results: Transferred[] = []
    own.hold(fromHex('dd01'), (result) => results.push(result))
    time.advance(59_000)
    expect(results).toEqual([])
    time.advance(2000)
    expect([results, flags]).toEqual([['givenUp'], [true, false]])
  })
})
