import { GbcsError, toHex } from '@smets2-sim/bytes'
import { type CommandRequest, type UseCase, useCaseNamed } from '@smets2-sim/gbcs'
import { type DeviceName, deviceNames, deviceIdOf, linkWan, partiesOf } from '@smets2-sim/home'
import { type FarEnd, type RemoteParty, testSmki, type Wan } from '@smets2-sim/parties'
import { openLink, type Target } from '@smets2-sim/serial'
import { type Command, InvalidArgumentError } from 'commander'
import { linkTarget, wholeNumber } from '../arguments.js'
import type { Io } from '../io.js'

interface Options {
  readonly seed: number
  readonly to?: DeviceName
  readonly fields: object
  readonly counter?: bigint
  readonly send?: Target
  readonly timeout: number
}

const fieldsOf = (text: string): object => {
  let fields: unknown
  try {
    fields = JSON.parse(text)
  } catch {
    throw new InvalidArgumentError('expected JSON.')
  }
  if (typeof fields !== 'object' || fields === null) throw new InvalidArgumentError('expected a JSON object.')
  return fields
}
const deviceName = (text: string): DeviceName => {
  const name = deviceNames.find((one) => one === text)
  if (!name) throw new InvalidArgumentError(`expected one of ${deviceNames.join(', ')}.`)
  return name
}
const counterOf = (text: string): bigint => BigInt(wholeNumber(text))

/**
 * `smets2 command ECS17b --seed 7 --to esme`: a command of the party that may send it, signed and protected, to a device of
 * a home of this seed; with `--send` it goes to that home, and its verified response comes as JSON.
 */
export const addCommand = (program: Command, io: Io): Command =>
  program
    .command('command')
    .description('build a command for a device of a home, or send it there and show the verified response')
    .argument('<use case>', 'ECS17b and the like')
    .option('--seed <number>', 'seed of the home', wholeNumber, 1)
    .option('--to <device>', `one of ${deviceNames.join(', ')}`, deviceName)
    .option('--fields <json>', 'fields of the command, for one that has some', fieldsOf, {})
    .option('--counter <number>', 'originator counter; the time in milliseconds where it is left out', counterOf)
    .option('--send <target>', 'where the home is: tcp://host:port or serial:/dev/name', linkTarget)
    .option('--timeout <seconds>', 'how long the response may take', wholeNumber, 60)
    .action(async (name: string, options: Options) => {
      const { seed, to, fields, send } = options
      const useCase = useCaseNamed(name)
      if (!useCase) throw new GbcsError('misuse', `no use case ${name}, expected one like ECS17b`)
      const target = to ?? deviceNames.find((device) => useCase.devices.some((kind) => kind === device)) ?? 'esme'
      const request = requestOf(useCase, { ...fields, to: deviceIdOf(seed, target) })
      const originatorCounter = options.counter ?? BigInt(Date.now())
      if (!send) {
        const party = partyOf(parties(seed, nowhere), useCase)
        return io.out(`${toHex(party.build(request, { originatorCounter }).octets).toUpperCase()}\n`)
      }
      const answer = await exchanged(useCase, request, { ...options, send, originatorCounter })
      io.out(`${JSON.stringify({ useCase: name, from: target, ...answer }, readable, 2)}\n`)
      if (!answer.ok) io.exitCode = 1
    })

interface Exchange extends Pick<Options, 'seed' | 'timeout'> {
  readonly send: Target
  readonly originatorCounter: bigint
}
async function exchanged(
  useCase: UseCase,
  request: CommandRequest,
  { seed, send, originatorCounter, timeout: timeoutS }: Exchange,
) {
  const link = await openLink(send)
  try {
    const party = partyOf(parties(seed, linkWan(link, { onUnasked: () => undefined })), useCase)
    const { ok, items, value } = await party.send(request, { originatorCounter, timeoutS })
    return { ok, items, value }
  } finally {
    await link.close()
  }
}

const nowhere: Wan = { exchange: () => Promise.resolve({ kind: 'timeout' }) }
const parties = (seed: number, wan: Wan): FarEnd =>
  partiesOf({ ids: new Map(deviceNames.map((name) => [name, deviceIdOf(seed, name)])), smki: testSmki({ seed }) }, wan)

function partyOf({ parties: all }: FarEnd, { name, from }: UseCase): RemoteParty {
  const party = from.flatMap((role) => all.find((one) => one.role === role) ?? [])[0]
  if (!party) throw new GbcsError('misuse', `no party sends ${name}`)
  return party
}
const requestOf = (useCase: UseCase, fields: object): CommandRequest =>
  (useCase as unknown as { command(fields: object): CommandRequest }).command(fields)

/** Octets as hexadecimal digits, whole numbers of any size as they are. */
function readable(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value)
  return typeof value === 'bigint' ? value.toString() : value
}
