import { ECS04a, ECS19, ECS45 } from '@smets2-sim/gbcs'
import type { AlertName } from '@smets2-sim/gbcs'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { chart, type ChartMark } from '../chart/chart.js'
import { pounds, timeOfDay } from '../words.js'
import { liveADay, type Watched } from './household.js'
import { install } from './install.js'
import { choose, typeToken } from './keypad.js'
import { prepaymentMode } from './payment-modes.js'
import { onePrice, prepaymentRules } from './prepayment-settings.js'
import type { Play } from './play.js'
import type { Scenario } from './scenario.js'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const SEED = 5
const PENNY = 1000
const POUND = 100 * PENNY

/** The order of the supplier: prices, thresholds, and the hours of dinner in which nothing is turned off. */
const terms = {
  price: 30 * PENNY,
  standingCharge: 50 * PENNY,
  lowCreditThreshold: 1 * POUND,
  emergencyCreditThreshold: 0.5 * POUND,
  emergencyCreditLimit: 1 * POUND,
  nonDisablement: { from: 16, to: 20 },
} as const
const FIRST_CREDIT = 2 * POUND
const TOP_UP_PENCE = 500

/** A day without money: alerts, emergency credit, the supply goes off, a top-up brings it back. */
export const prepaymentDay: Scenario = {
  title: 'a day of a home that pays beforehand',
  home: { seed: SEED, electricity: { activeImportWh: 4_321_000 }, ppmid: true },
  atHome: true,
  async run(play) {
    await install(play)
    await order(play)
    await new Day(play).pass()
  },
}

async function order(play: Play): Promise<void> {
  const { supplier } = play.stage.parties
  const { esme } = play.home
  play.transcript.heading('The supplier orders prepayment')
  await play.command(supplier, 'esme', onePrice(esme, terms.price, terms.standingCharge), {
    what: 'set the price of a kWh and of a day',
    says: () => `${pounds(terms.price)} and ${pounds(terms.standingCharge)}`,
  })
  const { from, to } = terms.nonDisablement
  await play.command(supplier, 'esme', prepaymentRules(esme, terms), {
    what: 'set the rules of prepayment',
    says: () => `low below ${pounds(terms.lowCreditThreshold)}; never off from ${from}:00 to ${to}:00`,
  })
  await play.command(supplier, 'esme', ECS04a.command({ to: esme, meterBalance: FIRST_CREDIT }), {
    what: 'give some credit to begin with',
    says: () => pounds(FIRST_CREDIT),
  })
  await play.command(supplier, 'esme', prepaymentMode(esme, 0), { what: 'prepayment mode, now' })
}

/** The day after the order, from midnight to midnight. */
class Day {
  readonly #play: Play
  readonly #midnight: UtcSeconds
  readonly #watched: Watched
  readonly #marks: ChartMark[] = []

  constructor(play: Play) {
    this.#play = play
    this.#midnight = (Math.floor(play.stage.now() / DAY_S) + 1) * DAY_S
    this.#watched = liveADay(play.home, SEED, this.#midnight)
  }

  async pass(): Promise<void> {
    const { transcript, stage } = this.#play
    transcript.heading('The day')
    transcript.clock = () => timeOfDay(stage.now())
    await this.#creditRunsLow()
    await this.#creditRunsOut()
    await this.#topUp()
    await this.#play.passTo(this.#midnight + DAY_S)
    await this.#balance((balance) => balance > 0)
    transcript.clock = undefined
    this.#play.chart = chart({
      title: 'A day of a home that pays beforehand',
      from: this.#midnight,
      points: this.#watched.points,
      marks: this.#marks,
      nonDisablement: {
        from: this.#midnight + terms.nonDisablement.from * HOUR_S,
        to: this.#midnight + terms.nonDisablement.to * HOUR_S,
        text: 'supply stays on',
      },
    })
  }

  async #creditRunsLow(): Promise<void> {
    await this.#play.passTo(this.#midnight + 60)
    await this.#balance((balance) => balance < FIRST_CREDIT)
    await this.#alert('combinedCreditBelowLowCreditThreshold', 'the credit is low')
    await this.#alert('emergencyCreditHasBecomeAvailable', 'emergency credit is offered')
    await this.#play.passTo(this.#play.stage.now() + HOUR_S)
    this.#choose('Emergency credit', 'take emergency credit', 'done')
    await this.#alert('emergencyCreditActivated', 'emergency credit is taken')
    await this.#balance((_, emergency) => emergency > 0)
  }

  async #creditRunsOut(): Promise<void> {
    await this.#alert(
      'disablementOfSupplyDueToInsufficientCreditHasBeenSuspended',
      'no credit, but the supply stays on',
    )
    await this.#state('enabled')
    const end = this.#midnight + terms.nonDisablement.to * HOUR_S
    await this.#play.passTo(end - 60)
    await this.#state('enabled')
    await this.#play.passTo(end + 60)
    await this.#state('disabled')
    this.#mark('the supply is off', end)
    await this.#balance((balance) => balance < 0)
    this.#act('enable the supply', this.#play.home.esme.request({ command: 'enableSupply' }, 'keypad').text, 'notArmed')
  }

  async #topUp(): Promise<void> {
    const { stage, home } = this.#play
    const { supplier } = stage.parties
    await this.#play.passTo(stage.now() + HOUR_S / 2)
    const topUp = supplier.issueTopUp({ to: home.esme, pence: TOP_UP_PENCE })
    await this.#play.answered(supplier, 'esme', topUp.request.useCase, () => supplier.sendTopUp(topUp), {
      what: `top up by ${pounds(TOP_UP_PENCE * PENNY)} over the air`,
      says: () => 'credited',
    })
    await this.#alert('supplyArmed', 'topped up: the supply is armed')
    const credited = await this.#balance((balance) => balance > 0)
    this.#act('type the same 20 digits at the meter', typeToken(home.esme, topUp.utrn), 'already used')
    await this.#balance((balance) => balance === credited)
    await this.#play.passTo(stage.now() + HOUR_S / 6)
    this.#choose('Supply', 'enable the supply', 'done')
    this.#mark('the customer enables the supply')
    await this.#state('enabled')
  }

  // Steps, each with its row.

  async #alert(name: AlertName, what: string): Promise<void> {
    const { supplier } = this.#play.stage.parties
    const since = this.#midnight
    await this.#play.alert(supplier, 'esme', (alert) => alert.name === name && alert.time >= since, what, DAY_S)
    this.#mark(what)
  }
  #choose(screen: string, what: string, expected: string): void {
    this.#act(what, choose(this.#play.home.esme, screen), expected)
  }
  #act(what: string, shown: string, expected: string): void {
    this.#play.act('customer', 'esme', what, `the meter shows "${shown}"`, shown === expected)
  }
  async #state(expected: 'enabled' | 'disabled'): Promise<void> {
    const { stage, home } = this.#play
    await this.#play.command(stage.parties.supplier, 'esme', ECS45.command({ to: home.esme }), {
      what: 'read the state of the load switch',
      says: ({ supplyState }) => (supplyState === 1 ? 'enabled' : 'not enabled'),
      expect: ({ supplyState }) => supplyState === (expected === 'enabled' ? 1 : 0),
    })
  }
  /** Reads the balance; gives that of the meter, in thousandths of a penny. */
  async #balance(expect: (balance: number, emergencyCredit: number) => boolean): Promise<number | undefined> {
    const { stage, home } = this.#play
    const response = await this.#play.command(stage.parties.supplier, 'esme', ECS19.command({ to: home.esme }), {
      what: 'read the balance',
      says: ({ balances: { meterBalanceMillipence, emergencyCreditMillipence } }) =>
        `${pounds(meterBalanceMillipence)}${emergencyCreditMillipence > 0 ? `, emergency credit ${pounds(emergencyCreditMillipence)}` : ''}`,
      expect: ({ balances }) => expect(balances.meterBalanceMillipence, balances.emergencyCreditMillipence),
    })
    return response?.value.balances.meterBalanceMillipence
  }
  #mark(text: string, at: UtcSeconds = this.#play.stage.now()): void {
    this.#marks.push({ at, text })
    this.#watched.look()
  }
}
