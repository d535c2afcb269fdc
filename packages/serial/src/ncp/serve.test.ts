import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stuff } from '../framing/stuffing.js'
import { openHandles } from '../link/handles.fixture.js'
import { has } from '../link/programs.fixture.js'
import { ptyPair } from '../link/pty.js'
import { openSerial } from '../link/serial.js'
import type { SerialTarget, TcpTarget } from '../link/target.js'
import { command, encodeStickFrame } from './frame.js'
import { ncpPath, serveNcp } from './serve.js'
import { fixtureView, meterId } from './view.fixture.js'

const anywhere: TcpTarget = { kind: 'tcp', host: '127.0.0.1', port: 0, framing: 'auto' }
const poll = stuff(encodeStickFrame({ command: command.status, seq: 1, status: 0, body: new Uint8Array(3) }))

it('has one program at a time, takes the next one when it is gone, and leaves no handle', async () => {
  const before = await openHandles()
  const problems: string[] = []
  const view = fixtureView()
  const stick = await serveNcp(anywhere, view, { onProblem: (text) => problems.push(text) })
  if (stick.target.kind !== 'tcp') throw new Error('a socket was wanted')
  expect(ncpPath(stick.target)).toBe(`tcp://127.0.0.1:${stick.target.port}`)
  const come = () => connect((stick.target as TcpTarget).port, '127.0.0.1')
  const first = come()
  first.write(poll)
  await once(first, 'data')
  const second = come()
  second.resume()
  await once(second, 'close')
  expect(problems).toEqual(['a second program came: it is sent away'])
  first.end()
  await once(first, 'close')
  const third = come()
  third.write(poll)
  await once(third, 'data')
  const announced = once(third, 'data')
  view.emit({ kind: 'announced', device: meterId })
  await announced
  await stick.close()
  third.destroy()
  expect(view.listening()).toBe(0)
  expect(await openHandles()).toEqual(before)
})

it('answers every request of a burst, however many wait', async () => {
  const problems: string[] = []
  const stick = await serveNcp(anywhere, fixtureView(), { onProblem: (text) => problems.push(text) })
  const program = connect((stick.target as TcpTarget).port, '127.0.0.1')
  const BURST = 3000
  program.write(Buffer.concat(Array.from({ length: BURST }, () => poll)))
  const answer = stuff(encodeStickFrame({ command: command.status, seq: 1, status: 0, body: new Uint8Array(3) })).length
  let octets = 0
  for await (const chunk of program) if ((octets += (chunk as Uint8Array).length) >= BURST * answer) break
  expect(octets).toBe(BURST * answer)
  expect(problems).toEqual([])
  await stick.close()
  program.destroy()
})

it.skipIf(!has('socat', '-V'))('is found at a serial port too', async () => {
  const before = await openHandles()
  const dir = mkdtempSync(join(tmpdir(), 'stick-'))
  const at = (name: string): SerialTarget => ({
    kind: 'serial',
    path: join(dir, name),
    baudRate: 115_200,
    framing: 'auto',
  })
  const pty = await ptyPair(at('a').path, at('b').path)
  const stick = await serveNcp(at('a'), fixtureView())
  expect(ncpPath(stick.target)).toBe(at('a').path)
  const program = await openSerial(at('b'))
  program.stream.write(poll)
  const [reply] = (await once(program.stream, 'data')) as [Buffer]
  expect(reply[1]).toBe(command.status)
  await program.shut()
  await stick.close()
  await pty.close()
  rmSync(dir, { recursive: true })
  expect(await openHandles()).toEqual(before)
})
