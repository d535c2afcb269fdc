import { writeFile } from 'node:fs/promises'
import type { Eui64 } from '@smets2-sim/bytes'
import { GbcsError } from '@smets2-sim/bytes'
import {
  type ConformanceRun,
  htmlReport,
  junitReport,
  passed,
  runConformance,
  standardKinds,
  targetDefaults,
  textReport,
} from '@smets2-sim/conformance'
import type { Target } from '@smets2-sim/serial'
import { SingleBar } from 'cli-progress'
import { type Command, Option } from 'commander'
import { entityId, type Framing, framings, linkTarget, wholeNumber } from '../arguments.js'
import type { Io } from '../io.js'
import { conformanceOfTarget } from './conformance-target.js'

export interface ConformanceCommandOptions {
  readonly rtds?: string
  readonly json?: true
  readonly junit?: string
  readonly html?: string
  readonly only?: string
  readonly target?: Target
  readonly keys?: string
  readonly kind?: (typeof standardKinds)[number]
  readonly device?: Eui64
  readonly framing?: Framing
  readonly timeout: number
  readonly quiet: number
  readonly wrong: number
  readonly tolerance: number
  readonly adopt?: true
  readonly destructive?: true
}

/**
 * `smets2 conformance`: the reference messages of a folder, played to simulated devices, or to a device outside beside
 * a simulated twin. Exit code 1 when anything differs.
 */
export const addConformance = (program: Command, io: Io): Command =>
  program
    .command('conformance')
    .description('play reference messages to simulated devices, or to a device outside, and compare every octet')
    .option('--rtds <dir>', 'folder with index.json, messages, certificates, shared-secrets.json, issuer-keys.json')
    .option('--json', 'print the result as JSON')
    .option('--junit <file>', 'write a JUnit report')
    .option('--html <file>', 'write a page with every exchange')
    .option('--only <text>', 'only scenarios whose name contains this')
    .option('--target <target>', 'a device outside: tcp://host:port or serial:/dev/name?baud=115200', linkTarget)
    .option('--keys <file>', 'its keys and those of its parties: a JSON file, or a folder of smets2 smki')
    .addOption(new Option('--kind <kind>', 'which device of the folder').choices(standardKinds))
    .option('--device <eui64>', 'which device of the folder, where it is none of the standard set', entityId)
    .addOption(new Option('--framing <name>', 'what the link speaks').choices(framings))
    .option('--timeout <ms>', 'how long a response may take', wholeNumber, targetDefaults.timeoutMs)
    .option('--quiet <ms>', 'how long a wrong message is listened for', wholeNumber, targetDefaults.quietMs)
    .option('--wrong <count>', 'how many wrong messages are sent', wholeNumber, targetDefaults.wrong)
    .option('--tolerance <s>', "how far the device's clock may be off", wholeNumber, targetDefaults.toleranceS)
    .option('--adopt', 'the twin takes over what the device reads: only the form of values is compared')
    .option('--destructive', 'send what replaces credentials, activates firmware or leaves the network, too')
    .action(async (options: ConformanceCommandOptions) => {
      const { json, junit, html } = options
      const bar = progressBar(io)
      const run = await runOf(options, bar.progress).finally(bar.stop)
      const { result, leftOut } = run
      io.out(json ? `${JSON.stringify(leftOut ? { ...result, leftOut } : result, undefined, 2)}\n` : textReport(run))
      if (junit !== undefined) await writeFile(junit, junitReport(run))
      if (html !== undefined) await writeFile(html, htmlReport(run))
      if (!passed(result)) io.exitCode = 1
    })

type Progress = (done: number, total: number) => void

async function runOf(options: ConformanceCommandOptions, progress: Progress): Promise<ConformanceRun> {
  const { rtds, only, target, keys } = options
  if (target) {
    if (keys === undefined) throw new GbcsError('invalidValue', '--target needs --keys: the keys of the device there')
    return conformanceOfTarget({ ...options, target, keys }, progress)
  }
  if (rtds === undefined) throw new GbcsError('invalidValue', 'found neither --rtds nor --target')
  return runConformance(rtds, { ...(only !== undefined && { only }), progress })
}

/** Progress for somebody who watches. */
function progressBar(io: Io): { readonly progress: Progress; stop(): void } {
  const bar = io.terminal
    ? new SingleBar({ format: '{bar} {value} of {total} scenarios', stream: process.stderr })
    : undefined
  let started = false
  return {
    progress(done, total) {
      if (!started) bar?.start(total, 0)
      started = true
      bar?.update(done)
    },
    stop: () => bar?.stop(),
  }
}
