import { GbcsError } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import {
  describeTarget,
  type FrameLink,
  type NcpServer,
  serveLinks,
  serveNcp,
  serveWan,
  type Target,
} from '@smets2-sim/serial'
import { type Capture, capture, capturePaths } from '../capture/capture.js'
import { commission } from '../commissioning/commission.js'
import { linkExternal } from './real-external.js'
import type { DeviceName } from '../config/ids.js'
import type { HomeConfig } from '../config/home-config.js'
import type { HomeFile } from '../config/home-file.js'
import { publishHome } from '../mqtt/real-publisher.js'
import { partiesOf, siteOf, wanOf } from '../premises/parties.js'
import { Premises } from '../premises/premises.js'
import { type HomeStore, homeStore } from '../premises/real-store.js'
import { meteringView } from '../radio/metering-view.js'
import { reportFeed } from './real-reports.js'
import { RealTime, wallClock } from '../world/real-clock.js'
import { realEntropy } from '../world/real-entropy.js'
import { VirtualTime } from '../world/virtual-time.js'

/** How long a command may wait for its response before a link stops listening for it; a later one still goes out. */
const PATIENCE_S = 86_400
/** Virtual time that a commissioning before the start may take: the gas meter has to wake. */
const COMMISSIONING_S = 7200

/** What a served home tells while it runs. */
export interface ServeLog {
  /** One line about something that happened. */
  note(text: string): void
  /** Something went wrong on a link or in the home; it goes on. */
  problem(text: string): void
}

/** A home that stays up. */
export interface ServedHome {
  readonly premises: Premises
  /** Where its wide area network ends are, with the ports that the system chose. */
  readonly wan: readonly Target[]
  /** Where its radio stick is, if it has one. */
  readonly radio: Target | undefined
  /** Ends it: links first, then time, then the store. */
  close(): Promise<void>
}

export interface ServeOptions {
  /** Captures all that passes, the installation included: see `capturePaths`. */
  readonly capture?: string
}

const configOf = (file: HomeFile, now: number): HomeConfig => {
  const { seed, electricity, gas, ppmid, ihd, hcalcs, network, gasWakeS, latency } = file
  return {
    seed,
    now,
    ppmid,
    ihd,
    hcalcs,
    network,
    ...(electricity && { electricity: withoutUndefined(electricity) }),
    ...(gas && { gas: withoutUndefined(gas) }),
    ...(gasWakeS !== undefined && { gasWakeS }),
    ...(latency.wanMs !== undefined && { wanLatencyMs: latency.wanMs }),
    ...(latency.hanMs !== undefined && { hanLatencyMs: latency.hanMs }),
  }
}
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>

/**
 * Makes the home of a file and opens its ends: first commissioned, if the file says so and it is new, then in real
 * time, or as much faster as the file says.
 * @throws LinkError `notOpened` for an end that cannot be opened; CommissioningFailed; GbcsError `invalidValue` for a
 * capture that cannot be written
 */
export async function serveHome(file: HomeFile, log: ServeLog, options: ServeOptions = {}): Promise<ServedHome> {
  const store = file.state === undefined ? undefined : homeStore(file.state)
  const ends: { readonly target: Target; close(): Promise<void> }[] = []
  const made = make(file, store)
  const { premises } = made
  const open: { close(): Promise<void> }[] = []
  let radio: NcpServer | undefined
  let captured: Capture | undefined
  const close = async (): Promise<void> => {
    await Promise.all([...ends, ...open].map((end) => end.close()))
    premises.world.stop()
    captured?.close()
    await store?.close()
  }
  try {
    captured = options.capture === undefined ? undefined : captureTo(options.capture, premises)
    for (const path of captured?.paths ?? []) log.note(`captures to ${path}`)
    await start(made, file, log)
    for (const [name, target] of Object.entries(file.external))
      open.push(await linkExternal(premises, name as DeviceName, target, log))
    for (const target of file.wan) ends.push(await serveEnd(premises, target, file.reportS, log))
    radio = file.radio && (await serveRadio(premises, file.radio, log))
    if (radio) open.push(radio)
    if (file.mqtt) open.push(await publish(premises, file.mqtt, log))
  } catch (error) {
    await close()
    throw error
  }
  return { premises, wan: ends.map(({ target }) => target), radio: radio?.target, close }
}

/** The home before its first second, which is earlier if it has to be installed. */
function make(file: HomeFile, store: HomeStore | undefined): NewHome {
  const { start } = file.time
  const startS = start === 'now' ? wallClock() : start
  const isNew = file.commission && store?.of('chf').load() === undefined
  const parts = { crypto: native, entropy: () => realEntropy, ...(store && { store: store.of, vault: store.keysOf }) }
  return { premises: new Premises(configOf(file, isNew ? startS - COMMISSIONING_S : startS), parts), startS, isNew }
}
interface NewHome {
  readonly premises: Premises
  readonly startS: number
  readonly isNew: boolean
}

async function start(
  { premises, startS, isNew }: NewHome,
  { time: { speed } }: HomeFile,
  log: ServeLog,
): Promise<void> {
  const { world } = premises
  if (isNew) {
    world.pacemaker = new VirtualTime(world)
    const site = { ...siteOf(premises), now: world.now }
    await commission(partiesOf(premises, wanOf(premises)), site, ({ party, to, what }) =>
      log.note(`${party.role} to ${to}: ${what}`),
    )
    world.runTo(startS * 1000)
  }
  premises.onOutcome = ({ name }, outcome) =>
    outcome.kind === 'responded'
      ? log.note(`${name} executed ${outcome.useCase} of ${outcome.role}`)
      : log.note(`${name} discarded ${outcome.useCase ?? 'a message'}, ${outcome.reason}: ${outcome.detail}`)
  world.pacemaker = new RealTime(world, {
    speed,
    onError: (error) => log.problem(`an event broke down: ${reasonOf(error)}`),
  })
}

async function serveEnd(premises: Premises, target: Target, reportS: number, log: ServeLog) {
  const end = await serveLinks(target, (link: FrameLink) => {
    const place = describeTarget(target)
    const stop = serveWan(link, answer, {
      alerts: (send) => premises.onUnasked(send),
      frames: reportFeed(premises, reportS),
      hello: { devices: new Map([...premises.ids].map(([name, id]) => [id, name.toUpperCase()])) },
      onProblem: ({ code, message }) =>
        code === 'lost' ? log.note(`${place}: ${message}`) : log.problem(`${place}: ${message}`),
    })
    // a timer of reports would keep the program alive
    void link.ended.then(stop)
  })
  async function answer(message: Uint8Array): Promise<Uint8Array | undefined> {
    const found = await premises.exchange(message, PATIENCE_S)
    return found.kind === 'response' ? found.message : undefined
  }
  return end
}

const serveRadio = (premises: Premises, target: Target, log: ServeLog): Promise<NcpServer> =>
  serveNcp(target, meteringView(premises), { onProblem: (text) => log.problem(`${describeTarget(target)}: ${text}`) })

const publish = (premises: Premises, mqtt: NonNullable<HomeFile['mqtt']>, log: ServeLog) =>
  publishHome(premises, {
    mac: premises.ids.get('ihd') ?? '',
    ...withoutUndefined(mqtt),
    onProblem: (text) => log.problem(`mqtt: ${text}`),
  })

function captureTo(name: string, premises: Premises): Capture {
  try {
    return capture(premises, capturePaths(name, premises))
  } catch (error) {
    throw new GbcsError('invalidValue', `no capture to ${name}: ${reasonOf(error)}`)
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
