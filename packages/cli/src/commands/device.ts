import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { simulatedDevice, standardKinds } from '@smets2-sim/conformance'
import type { Device } from '@smets2-sim/firmware'
import { testSmki } from '@smets2-sim/parties'
import { describeTarget, LinkError, serveLinks, serveWan, type Target } from '@smets2-sim/serial'
import { type Command, Option } from 'commander'
import { entityId, type Framing, framings, linkTarget, wholeNumber } from '../arguments.js'
import type { Io } from '../io.js'
import { everySecond, realEntropy, stopSignal, wallClock } from '../real-ports.js'

interface Options {
  readonly kind: (typeof standardKinds)[number]
  readonly seed: number
  readonly listen: Target
  readonly framing?: Framing
  readonly id?: Eui64
}

/** `smets2 device`: one simulated device of the test SMKI behind a link, in real time, until it is told to stop. */
export const addDevice = (program: Command, io: Io): Command =>
  program
    .command('device')
    .description('serve one simulated device on a socket or serial port, until SIGINT or SIGTERM')
    .addOption(new Option('--kind <kind>', 'what it is').choices(standardKinds).default('esme'))
    .requiredOption('--seed <number>', 'seed of the test SMKI: see smets2 smki', wholeNumber)
    .requiredOption(
      '--listen <target>',
      'tcp://host:port (0: any free port) or serial:/dev/name?baud=115200',
      linkTarget,
    )
    .addOption(new Option('--framing <name>', 'what the link speaks').choices(framings))
    .option('--id <eui64>', 'another identity than that of the standard set', entityId)
    .action(async ({ kind, seed, listen, framing, id }: Options) => {
      const target = framing ? { ...listen, framing } : listen
      const alerts = new Set<(message: Uint8Array) => void>()
      const device = simulatedDevice(
        testSmki({ seed }),
        kind,
        {
          clock: wallClock,
          entropy: realEntropy,
          link: { send: (message) => alerts.forEach((send) => send(message)) },
        },
        { id },
      )
      const signal = stopSignal()
      try {
        await serve(device, target, alerts, io, signal.stopped)
      } catch (error) {
        if (error instanceof LinkError) throw new GbcsError('invalidValue', error.message)
        throw error
      } finally {
        signal.forget()
      }
    })

async function serve(
  device: Device,
  target: Target,
  alerts: Set<(message: Uint8Array) => void>,
  io: Io,
  stopped: Promise<void>,
): Promise<void> {
  const served = await serveLinks(target, (link) => {
    const stop = serveWan(
      link,
      (message) => {
        const outcome = device.receive(message)
        if (outcome.kind === 'discarded') io.err(`discarded, ${outcome.reason}: ${outcome.detail}\n`)
        return Promise.resolve(outcome.kind === 'responded' ? outcome.response : undefined)
      },
      {
        alerts: (send) => {
          alerts.add(send)
          return () => alerts.delete(send)
        },
        hello: { name: `${device.kind} ${device.id}`, devices: new Map([[device.id, device.kind.toUpperCase()]]) },
        onProblem: (error) => io.err(`${error.message}\n`),
      },
    )
    void link.ended.then(stop)
  })
  const stopTicking = everySecond(() => device.tick())
  io.out(`${device.kind} ${device.id} at ${describeTarget(served.target)}\n`)
  await stopped
  stopTicking()
  await served.close()
}
