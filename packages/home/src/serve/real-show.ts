import { fromIso } from '@smets2-sim/cosem'
import { describeTarget, parseTarget } from '@smets2-sim/serial'
import type { HomeFile } from '../config/home-file.js'
import { Home } from '../home.js'
import { Play } from '../scenarios/play.js'
import type { Scenario } from '../scenarios/scenario.js'
import { type Stage, virtualStage } from '../scenarios/stage.js'
import { Transcript } from '../scenarios/transcript.js'
import { serveHome, type ServeOptions } from './real-serve.js'
import { linkStage } from './real-stage.js'

const START = fromIso('2026-01-01T00:00:00Z')
/** An hour of the home in a second. */
const SPEED = 3600

const fileOf = ({ home }: Scenario): HomeFile => {
  const { seed, electricity, gas, ppmid = false, ihd = false, hcalcs = false, network = 'direct', gasWakeS } = home
  return {
    seed,
    time: { start: START, speed: SPEED },
    commission: false,
    electricity,
    gas,
    ppmid,
    ihd,
    hcalcs,
    network,
    ...(gasWakeS !== undefined && { gasWakeS }),
    latency: {},
    external: {},
    reportS: 10,
    wan: [parseTarget('tcp://127.0.0.1:0')],
  }
}

/** What came of a scenario that was shown. */
export interface Shown {
  /** Whether everything was as it should be. */
  readonly ok: boolean
  /** Its picture as SVG, where it draws one. */
  readonly chart?: string
}

/**
 * Plays a scenario to be watched. Its home is served at a loopback socket, an hour of it in a second, and the parties
 * speak to it through that socket; where somebody acts in the home, it is played in virtual time.
 */
export async function show(
  scenario: Scenario,
  write: (line: string) => void,
  options: ServeOptions = {},
): Promise<Shown> {
  const transcript = new Transcript(write)
  transcript.title(`smets2-sim: ${scenario.title}`)
  const chart = await (scenario.atHome ? inVirtualTime : throughASocket)(scenario, transcript, options)
  transcript.summary()
  return { ok: transcript.counts.failures === 0, ...(chart !== undefined && { chart }) }
}

async function played(scenario: Scenario, stage: Stage, transcript: Transcript): Promise<string | undefined> {
  const play = new Play(stage, transcript)
  await scenario.run(play)
  play.tallyAlerts()
  return play.chart
}

async function inVirtualTime(
  scenario: Scenario,
  transcript: Transcript,
  { capture }: ServeOptions,
): Promise<string | undefined> {
  transcript.title('The home runs in virtual time: hours of it take moments.')
  await using home = new Home({ ...scenario.home, now: START })
  if (capture !== undefined) home.capture(capture)
  return await played(scenario, virtualStage(home), transcript)
}

async function throughASocket(
  scenario: Scenario,
  transcript: Transcript,
  options: ServeOptions,
): Promise<string | undefined> {
  const served = await serveHome(
    fileOf(scenario),
    {
      note: () => undefined,
      problem: (text) => transcript.failure(text),
    },
    options,
  )
  try {
    const [target] = served.wan
    if (!target) throw new Error('the home has no end')
    transcript.title(
      `The home listens at ${describeTarget(target)}; an hour of it takes a second. All that follows goes through that socket.`,
    )
    const stage = await linkStage({
      target: { ...target, framing: 'gfi' },
      config: scenario.home,
      now: served.premises.world.now,
      speed: SPEED,
    })
    try {
      return await played(scenario, stage, transcript)
    } finally {
      await stage.close()
    }
  } finally {
    await served.close()
  }
}
