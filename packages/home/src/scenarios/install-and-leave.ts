import { ECS42, ECS45 } from '@smets2-sim/gbcs'
import type { OutgoingCommand } from '@smets2-sim/parties'
import { commissioningPlan, type Step } from '../commissioning/plan.js'
import { deviceTitles, partyTitles, dayAndTime } from '../words.js'
import { deviceOn } from './stage.js'
import type { Play } from './play.js'
import type { Scenario } from './scenario.js'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S

/** A home where there is no wide area network yet: the installer brings the commands, and the network comes later. */
export const installAndLeave: Scenario = {
  title: 'a home is installed before there is a network to it',
  home: { seed: 14, electricity: { activeImportWh: 1000 }, ppmid: true },
  atHome: true,
  async run(play) {
    const { home, stage, transcript } = play
    home.setWan(false)
    const brought = prepare(play)
    transcript.clock = () => dayAndTime(stage.now())
    const answers = installed(play, brought)
    const { answered } = await left(play)
    await connected(play, answers, answered)
  },
}

interface Brought {
  readonly step: Step
  readonly command: OutgoingCommand<unknown>
}
interface Answered extends Brought {
  readonly response: Uint8Array
}

/** The parties make all commands of the installation, and sign them, before anybody goes there. */
function prepare({ stage, transcript }: Play): Brought[] {
  transcript.heading('Before the visit: the parties sign what the installer will need')
  const site = { ...stage.site, now: stage.now(), clockToleranceS: DAY_S }
  const brought = commissioningPlan(stage.parties, site)
    .flat()
    .map((step) => ({ step, command: step.party.build(step.request) }))
  const octets = brought.reduce((sum, { command }) => sum + command.octets.length, 0)
  transcript.note(`${brought.length} commands, ${octets} octets, on a hand-held terminal`)
  return brought
}

/** The installer gives them to the devices; each is checked as if it had come from afar. */
function installed(play: Play, brought: readonly Brought[]): Answered[] {
  const { home, transcript } = play
  transcript.heading('The visit: no network, every command is delivered by hand')
  const answers = brought.flatMap((one): Answered[] => {
    const { step, command } = one
    const outcome = home.local(step.to, command.octets)
    const isDone = outcome.kind === 'responded'
    play.act('installer', step.to, step.what, isDone ? 'taken' : outcome.detail, isDone, step.useCase)
    return isDone ? [{ ...one, response: outcome.response }] : []
  })
  const again = brought.find(({ step }) => step.to === 'esme')?.command
  if (again) refused(play, again.octets, 'the same command a second time', 'replayed')
  const unentitled = play.stage.parties.networkOperator.build(ECS42.command({ to: home.esme }))
  refused(play, unentitled.octets, 'a command of a party that may not', 'notAuthorised')
  return answers
}
function refused(play: Play, octets: Uint8Array, what: string, reason: string): void {
  const outcome = play.home.local('esme', octets)
  const found = outcome.kind === 'discarded' ? outcome.reason : outcome.kind
  play.transcript.counts.refused++
  play.act('installer', 'esme', what, `refused: ${found}`, found === reason)
}

/** The installer has gone; alerts and commands wait for the network, each at its end. */
async function left(play: Play): Promise<{ readonly answered: Promise<unknown> }> {
  const { home, stage, transcript } = play
  const { supplier } = stage.parties
  transcript.heading('The home is left alone')
  await play.passTo(stage.now() + 6 * HOUR_S)
  home.esme.openTerminalCover()
  home.esme.closeTerminalCover()
  const isSilent = stage.parties.parties.every(({ alerts }) => alerts.length === 0)
  play.act('somebody', 'esme', 'open and close its cover', isSilent ? 'nobody hears of it yet' : 'an alert', isSilent)
  const answered = play.command(supplier, 'esme', ECS45.command({ to: deviceOn(stage, 'esme') }), {
    what: 'read the supply, sent the day before',
    says: ({ supplyState }) => (supplyState === 1 ? 'enabled' : 'not enabled'),
    patienceS: 2 * DAY_S,
  })
  await play.passTo(stage.now() + DAY_S)
  const { toHome, toParties } = home.premises.wan.waiting
  transcript.note(`a day later: ${toHome} command and ${toParties} alerts wait for the network`)
  if (toHome !== 1 || toParties === 0) transcript.failure('nothing waits for the network')
  return { answered }
}

/** The network comes: what has waited arrives once, and the parties verify what the installer has brought back. */
async function connected(play: Play, answers: readonly Answered[], answered: Promise<unknown>): Promise<void> {
  const { home, transcript, stage } = play
  const { supplier } = stage.parties
  transcript.heading('The network comes')
  home.setWan(true)
  await answered
  const opened = 'unauthorisedPhysicalAccessTerminalCoverRemoved'
  await play.alert(supplier, 'esme', ({ name }) => name === opened, 'what happened meanwhile', HOUR_S)
  const times = supplier.alerts.filter(({ name }) => name === opened).length
  if (times !== 1) transcript.failure(`the alert came ${times} times`)

  transcript.heading('The installer is back: the parties verify what the devices answered')
  for (const { step, command, response } of answers)
    await play.answered(step.party, step.to, command.request.useCase, async () => step.party.read(command, response), {
      what: step.what,
      who: partyTitles[step.party.role],
    })
  for (const { step, command, response } of answers)
    if (!step.succeeded(step.party.read(command, response)))
      transcript.failure(`${step.what} was not done on the ${deviceTitles[step.to]}`)
}
