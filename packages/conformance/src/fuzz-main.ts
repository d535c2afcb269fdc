import { existsSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { eui64, GbcsError } from '@smets2-sim/bytes'
import { type FuzzOptions, fuzzOptions } from './fuzz/options.js'
import { fuzz, fuzzTargets, newTally, ownElements, ownMessages, seedsOf } from './fuzz/index.js'
import { fuzzReport } from './fuzz/report.js'
import { loadReferenceSet } from './messages/index.js'

// The decoders run in a worker, so that this thread can tell when one does not come back.

/** An input that takes this long is a hang. */
const HANG_MS = 10_000
/** An input that takes this long is a failure, although it comes back. */
const SLOW_MS = 1_000

interface Job {
  readonly options: FuzzOptions
  /** The input that is being decoded. */
  readonly current: Int32Array
}

function work({ options, current }: Job): string {
  const messages = [
    ...ownMessages(),
    ...(options.rtds === undefined ? [] : loadReferenceSet(options.rtds).messages.map(({ bytes }) => bytes)),
  ]
  const { certificate, request } = ownElements(eui64('a0b0c0d0e0f00003'))
  const targets = fuzzTargets(seedsOf(messages, [certificate, request]))
  const tally = newTally()
  const started = performance.now()
  let slowest = { index: options.from, ms: 0 }
  let last = { index: -1, at: started }
  const took = (now: number): void => {
    const ms = now - last.at
    if (last.index >= 0 && ms > slowest.ms) slowest = { index: last.index, ms }
    if (last.index >= 0 && ms > SLOW_MS)
      tally.failures.push({ target: 'any', index: last.index, problem: `takes ${ms.toFixed(0)} ms`, input: '' })
  }
  for (const index of fuzz(targets, options, tally)) {
    Atomics.store(current, 0, index)
    const now = performance.now()
    took(now)
    last = { index, at: now }
  }
  took(performance.now())
  const elapsedMs = performance.now() - started
  parentPort?.postMessage(fuzzReport(tally, { seed: options.seed, seeds: messages.length, elapsedMs, slowest }))
  return tally.failures.length === 0 ? 'done' : 'failed'
}

function main(): void {
  const shared = fileURLToPath(new URL('../../../../shared/rtds', import.meta.url))
  const found = [process.env['RTDS_DIR'], shared].find((dir) => dir !== undefined && existsSync(`${dir}/index.json`))
  const options = fuzzOptions(process.argv.slice(2), found)
  if (options.rtds === undefined) process.stdout.write('reference messages not found (RTDS_DIR): own messages only\n')
  const current = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL(import.meta.url), { workerData: { options, current } satisfies Job })
  worker.on('message', (text: string) => void process.stdout.write(text))
  worker.on('error', (error) => {
    process.stderr.write(`fuzz: ${error.message}\n`)
    process.exitCode = error instanceof GbcsError || error.name === 'GbcsError' ? 2 : 1
  })
  worker.on('exit', (code) => {
    clearInterval(watch)
    process.exitCode ??= code
  })
  let seen = { index: -1, at: performance.now() }
  const watch = setInterval(() => {
    const index = Atomics.load(current, 0)
    const now = performance.now()
    if (process.stderr.isTTY) process.stderr.write(`\r${index - options.from} of ${options.count} `)
    if (index !== seen.index) seen = { index, at: now }
    else if (now - seen.at > HANG_MS) {
      process.stdout.write(
        `FAILURE    input ${index} does not come back (--seed ${options.seed} --from ${index} --count 1)\n`,
      )
      process.exit(1)
    }
  }, 1000)
}

try {
  if (!isMainThread) process.exitCode = work(workerData as Job) === 'done' ? 0 : 1
  else main()
} catch (error) {
  if (!isMainThread || !(error instanceof GbcsError)) throw error
  process.stderr.write(`fuzz: ${error.message}\n`)
  process.exitCode = 2
}
