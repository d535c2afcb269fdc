import { toHex } from '@smets2-sim/bytes'
import { expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../gbcs/src/rtds.fixture.js'
import { gfi, MAX_MESSAGE, slip } from './index.js'

it.skipIf(!rtds)(
  'carries every reference message in both framings, for 3 % in slip, and a little more than twice the octets in lines',
  () => {
    const messages = rtdsMessages().map(({ bytes }) => bytes)
    const octets = messages.reduce((sum, message) => sum + message.length, 0)
    expect(Math.max(...messages.map(({ length }) => length))).toBeLessThan(MAX_MESSAGE)
    const overhead = [gfi, slip].map((framing) => {
      const decoder = framing.decoder()
      let sent = 0
      for (const message of messages) {
        const line = framing.encode({ type: 'message', seq: 0, message })
        const [found] = decoder.push(line)
        expect(found && 'frame' in found && found.frame.type === 'message' && toHex(found.frame.message)).toBe(
          toHex(message),
        )
        sent += line.length
      }
      return sent / octets - 1
    })
    expect(overhead[0]).toBeLessThan(1.2)
    expect(overhead[1]).toBeLessThan(0.035)
  },
)
