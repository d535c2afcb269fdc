import { GbcsError } from '@smets2-sim/bytes'
import { Command, CommanderError } from 'commander'
import { ExchangeError } from '@smets2-sim/parties'
import { LinkError } from '@smets2-sim/serial'
import { commands } from './commands/index.js'
import type { Io } from './io.js'

/**
 * Runs `smets2` with its arguments; the result is the exit code: 0 done, 1 the checks failed, 2 the input was wrong.
 * Whatever is wrong with the input, or with the other end of a link, is one line on standard error.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const program = new Command('smets2')
    .description('simulated devices of a GB smart-metered home, and tools for their messages')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
  for (const add of commands) add(program, io)
  try {
    await program.parseAsync(args, { from: 'user' })
    return io.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof GbcsError) {
      io.err(`smets2: ${error.message.replace(/\s+/g, ' ')}\n`)
      return 2
    }
    if (error instanceof LinkError || error instanceof ExchangeError) {
      io.err(`smets2: ${error.message}\n`)
      return 1
    }
    throw error
  }
}
