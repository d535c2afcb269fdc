import { benchText, runBench } from '@smets2-sim/bench'
import { GbcsError } from '@smets2-sim/bytes'
import type { Command } from 'commander'
import type { Io } from '../io.js'

/** `smets2 bench`: the benchmarks beside their limits. It measures and never judges. */
export const addBench = (program: Command, io: Io): Command =>
  program
    .command('bench')
    .description('measure codec, metering, gate and exchanges beside their limits')
    .option('--json', 'print the figures as JSON')
    .option('--time <ms>', 'time for each case in milliseconds', '500')
    .option('--short', 'a run that only shows that everything runs')
    .action(({ json, time, short }: { json?: true; time: string; short?: true }) => {
      const timeMs = short ? 20 : Number(time)
      if (!(timeMs >= 1)) throw new GbcsError('invalidValue', `--time is ${time}, expected milliseconds`)
      const report = runBench(timeMs)
      io.out(json ? `${JSON.stringify(report, undefined, 2)}\n` : benchText(report))
    })
