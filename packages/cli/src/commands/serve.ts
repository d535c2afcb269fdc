import { type HomeFile, parseHomeFile, serveHome, type ServeOptions } from '@smets2-sim/home'
import { describeTarget, ncpPath } from '@smets2-sim/serial'
import type { Command } from 'commander'
import { type Io, textOf } from '../io.js'

/** `smets2 serve HOME.yaml`: a home that stays up until it is told to stop. Exit code 2 for a wrong file, 1 for an end that cannot be opened. */
export const addServe = (program: Command, io: Io): Command =>
  program
    .command('serve')
    .description('a home that stays up, its wide area network on sockets and serial ports')
    .argument('<home.yaml>', 'what the home is: see fixtures/homes')
    .option('--quiet', 'say nothing about what the devices do')
    .option(
      '--capture <name>',
      'capture for Wireshark to NAME.wan.pcap, and NAME.han.pcap where the home network has frames',
    )
    .action(async (path: string, { quiet = false, ...options }: { quiet?: boolean; capture?: string }) => {
      const file = parseHomeFile(await textOf(io, path), path)
      const signal = stopSignal()
      try {
        await serveUntil(signal.stopped, file, io, quiet, options)
      } finally {
        signal.forget()
      }
    })

/** Serves a home until `stopped` settles. @throws LinkError for an end that cannot be opened */
export async function serveUntil(
  stopped: Promise<unknown>,
  file: HomeFile,
  io: Io,
  quiet: boolean,
  options: ServeOptions = {},
): Promise<void> {
  const served = await serveHome(
    file,
    {
      note: (text) => void (quiet || io.err(`${text}\n`)),
      problem: (text) => io.err(`${text}\n`),
    },
    options,
  )
  for (const [name, id] of served.premises.ids) io.out(`${name.padEnd(6)} ${id}\n`)
  for (const target of served.wan) io.out(`ready  ${describeTarget(target)}\n`)
  if (served.radio) io.out(`radio  ${ncpPath(served.radio)}, adapter deconz\n`)
  await stopped
  await served.close()
}

/** Settles when somebody wants the program to end. */
function stopSignal(): { readonly stopped: Promise<void>; forget(): void } {
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const name of signals) process.once(name, stop)
  return {
    stopped,
    forget: () => {
      for (const name of signals) process.off(name, stop)
    },
  }
}
