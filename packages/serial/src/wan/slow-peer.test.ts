import { expect, it } from 'vitest'
import type { Frame } from '../framing/index.js'
import type { FrameLink } from '../link/frame-link.js'
import { MAX_WAITING, serveWan } from './serve.js'

/** An end that does not read until it is let: what was sent waits. */
function slowLink() {
  const arrived: Frame[] = []
  const held: (() => void)[] = []
  const link: FrameLink = {
    framing: 'slip',
    send: (frame) =>
      new Promise((resolve) => {
        held.push(() => {
          arrived.push(frame)
          resolve()
        })
      }),
    onFrame: () => () => undefined,
    onError: () => () => undefined,
    ended: new Promise(() => undefined),
    close: () => Promise.resolve(),
  }
  return { link, arrived, held }
}

it('an end that does not read costs no more memory than a thousand messages, and is told of later ones again', async () => {
  const { link, arrived, held } = slowLink()
  const problems: string[] = []
  let alert: (message: Uint8Array) => void = () => undefined
  let frame: (frame: Frame) => void = () => undefined
  serveWan(link, () => Promise.resolve(undefined), {
    alerts: (send) => ((alert = send), () => undefined),
    frames: (send) => ((frame = send), () => undefined),
    onProblem: ({ message }) => problems.push(message),
  })
  for (let n = 0; n < 5 * MAX_WAITING; n++) {
    alert(Uint8Array.of(n & 0xff))
    frame({ type: 'log', seq: 0, text: `${n}` })
  }
  expect(held).toHaveLength(MAX_WAITING)
  // it is said once, not thousands of times
  expect(problems).toEqual([`the other end does not read: ${MAX_WAITING} messages wait for it`])
  for (const release of held.splice(0)) release()
  await new Promise((resolve) => setImmediate(resolve))
  expect(arrived).toHaveLength(MAX_WAITING)
  alert(Uint8Array.of(1))
  expect(held).toHaveLength(1)
  expect(problems).toHaveLength(1)
})
