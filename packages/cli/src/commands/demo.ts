import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { GbcsError } from '@smets2-sim/bytes'
import { credentialScenarios } from '@smets2-sim/conformance'
import { scenarios as homeScenarios, show } from '@smets2-sim/home'
import { type Command, Option } from 'commander'
import type { Io } from '../io.js'

const scenarios = { ...homeScenarios, ...credentialScenarios }
const networks = ['direct', 'han'] as const
interface Options {
  readonly scenario: string
  readonly network: (typeof networks)[number]
  readonly capture?: string
  readonly chart?: string
}

/** `smets2 demo`: a scenario to be watched. Exit code 1 when anything is not as it should be, 2 for an unknown scenario. */
export const addDemo = (program: Command, io: Io): Command =>
  program
    .command('demo')
    .description('a home is served and commanded: watch a scenario')
    .option('--scenario <name>', `one of ${Object.keys(scenarios).join(', ')}`, 'tour')
    .option('--chart <file>', 'where the picture of the scenario goes, if it draws one; <scenario>.svg else')
    .option(
      '--capture <name>',
      'capture for Wireshark to NAME.wan.pcap, and NAME.han.pcap where the home network has frames',
    )
    .addOption(
      new Option('--network <kind>', 'of the home: messages handed over, or frames on the air')
        .choices(networks)
        .default('direct'),
    )
    .action(async ({ scenario: name, network, chart: file, ...options }: Options) => {
      const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined
      if (!scenario) throw new GbcsError('misuse', `no scenario ${name}, expected ${Object.keys(scenarios).join(', ')}`)
      const staged = { ...scenario, home: { ...scenario.home, network } }
      const { ok, chart } = await show(staged, (line) => io.out(`${line}\n`), options)
      if (!ok) io.exitCode = 1
      if (chart === undefined) return
      const path = resolve(file ?? `${name}.svg`)
      await writeFile(path, chart)
      io.out(`  chart: ${path}\n`)
    })
