import { writeFile } from 'node:fs/promises'
import { htmlReport, junitReport, passed, runConformance, textReport } from '@smets2-sim/conformance'
import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import type { Io } from '../io.js'

interface Options {
  readonly rtds: string
  readonly json?: true
  readonly junit?: string
  readonly html?: string
  readonly only?: string
}

/** `smets2 conformance`: the reference messages of a folder, played to simulated devices. Exit code 1 when anything differs. */
export const addConformance = (program: Command, io: Io): Command =>
  program
    .command('conformance')
    .description('play reference messages to the simulated devices and compare every octet')
    .requiredOption(
      '--rtds <dir>',
      'folder with index.json, messages, certificates, shared-secrets.json, issuer-keys.json',
    )
    .option('--json', 'print the result as JSON')
    .option('--junit <file>', 'write a JUnit report')
    .option('--html <file>', 'write a page with every exchange')
    .option('--only <text>', 'only scenarios whose name contains this')
    .action(async ({ rtds, json, junit, html, only }: Options) => {
      const bar = io.terminal
        ? new SingleBar({ format: '{bar} {value} of {total} scenarios', stream: process.stderr })
        : undefined
      let started = false
      const run = runConformance(rtds, {
        ...(only !== undefined && { only }),
        progress(done, total) {
          if (!started) bar?.start(total, 0)
          started = true
          bar?.update(done)
        },
      })
      bar?.stop()
      io.out(json ? `${JSON.stringify(run.result, undefined, 2)}\n` : textReport(run))
      if (junit !== undefined) await writeFile(junit, junitReport(run))
      if (html !== undefined) await writeFile(html, htmlReport(run))
      if (!passed(run.result)) io.exitCode = 1
    })
