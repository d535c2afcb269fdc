import { latin1 } from '@smets2-sim/bytes'
import { han, setDeviceLog } from '@smets2-sim/firmware'
import { alerts, decodeMessage, PCS01 } from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { PrepaidHome, ids } from './home.fixture.js'
import { GAS_ANSWER_S } from './ppmid.js'

const prepaid = (meterBalanceMillipence: number) => ({
  account: { paymentMode: 'prepayment' as const, meterBalanceMillipence },
  settings: { emergencyCreditLimitMillipence: 500_000, emergencyCreditThresholdMillipence: 100_000 },
})
const digits = (text: string) => [...text] as ('0' | '1')[]

describe('a top-up of electricity', () => {
  it('is typed in, sent and credited once', () => {
    const home = new PrepaidHome(prepaid(0))
    home.advance(1)
    const token = home.esme.token(5, 2025)
    for (const key of digits(token)) home.ppmid.press(key)
    expect(home.ppmid.screen.keypad).toMatchObject({ dialogue: 'entering', digits: token })
    home.ppmid.press('enter')
    expect(home.ppmid.screen.commands.electricity).toEqual({
      command: 'topUp',
      state: 'done',
      text: 'Accepted, supply is on: £20.25, balance £20.25',
      at: home.clock.time,
    })
    expect(home.ppmid.screen.electricity.balanceMillipence).toBe(2_025_000)
    expect(home.esme.eventCodes).toContain('8154 1 22')

    home.ppmid.topUp('electricity', token)
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'refused', text: 'Token already used' })
    expect(home.ppmid.screen.electricity.balanceMillipence).toBe(2_025_000)
    expect(home.esme.eventCodes).toContain('8155 1 22')
  })
  it.each([
    ['7', 'A token has 20 digits, not 1'],
    ['1'.repeat(21), 'A token has 20 digits, not 21'],
    ['1234567890123456789x', 'A token has digits only'],
  ])('of %s is not sent', (token, text) => {
    const home = new PrepaidHome(prepaid(0))
    home.ppmid.topUp('electricity', token)
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'notSent', text })
    expect(home.esme.eventCodes).toEqual([])
  })
  it('with any one digit wrong is not sent', () => {
    const home = new PrepaidHome(prepaid(0))
    const token = home.esme.token(5, 2025)
    for (let i = 0; i < token.length; i++) {
      const wrong = token.slice(0, i) + String((Number(token[i]) + 1) % 10) + token.slice(i + 1)
      home.ppmid.topUp('electricity', wrong)
      expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'notSent', text: 'A digit is wrong' })
    }
    expect(home.esme.eventCodes).toEqual([])
  })
  it('to a meter in credit mode is refused, and its money not lost', () => {
    const home = new PrepaidHome({ account: { paymentMode: 'credit' } })
    const token = home.esme.token(5, 1000)
    home.ppmid.topUp('electricity', token)
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'refused', text: 'Rejected by the meter' })
    home.esme.tokens = { ...home.esme.tokens, account: { ...home.esme.account, paymentMode: 'prepayment' } }
    home.ppmid.topUp('electricity', token)
    expect(home.ppmid.screen.commands.electricity?.state).toBe('done')
  })
  it('that is not answered says so', () => {
    const home = new PrepaidHome(prepaid(0))
    home.network.setReachable(ids.esme, false)
    home.ppmid.topUp('electricity', home.esme.token(5, 1000))
    expect(home.ppmid.screen.commands.electricity).toMatchObject({
      state: 'noAnswer',
      text: 'The meter did not answer',
    })
  })
})

describe('emergency credit and supply of electricity', () => {
  it('are activated and enabled where the meter offers it', () => {
    const home = new PrepaidHome(prepaid(-1))
    home.advance(1)
    expect(home.ppmid.screen.electricity).toMatchObject({ emergencyCredit: 'available', supply: 'disabled' })
    home.ppmid.enableSupply()
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'refused', text: 'Supply cannot be enabled' })
    home.ppmid.press('emergencyCredit')
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'done', text: 'Emergency credit is active' })
    expect(home.ppmid.screen.electricity).toMatchObject({
      emergencyCredit: 'active',
      emergencyCreditMillipence: 500_000,
      supply: 'armed',
    })
    home.ppmid.press('enableSupply')
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'done', text: 'Supply is on' })
    expect(home.ppmid.screen.electricity.supply).toBe('enabled')
    expect(home.esme.eventCodes.filter((code) => code.startsWith('815'))).toEqual([
      '8155 1 24',
      '8154 1 23',
      '8154 1 24',
    ])
  })
  it('are refused where it does not', () => {
    const home = new PrepaidHome(prepaid(900_000))
    home.ppmid.activateEmergencyCredit('electricity')
    expect(home.ppmid.screen.commands.electricity).toMatchObject({
      state: 'refused',
      text: 'Emergency credit is not available',
    })
  })
  it('never turn supply off: a display may ask for on only', () => {
    const home = new PrepaidHome(prepaid(900_000))
    const answers: unknown[] = []
    const off = { cluster: metering, name: 'localChangeSupply', fields: { proposedSupplyStatus: 0 } }
    home.network.port(ids.ppmid).command(ids.esme, off, undefined, (outcome) => answers.push(outcome))
    expect(answers).toEqual([{ kind: 'refused', status: 0x87 }])
    expect(home.esme.readings.supply()).toBe('enabled')
  })
})

describe('commands to the gas meter', () => {
  it('need a join by method C', () => {
    const home = new PrepaidHome()
    home.ppmid.activateEmergencyCredit('gas')
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'notSent', text: 'No meter is joined' })
    home.joinGas()
    expect(home.isGasJoined).toBe(true)
    home.ppmid.activateEmergencyCredit('gas')
    expect(home.toGas).toHaveLength(1)
  })
  it('PCS01: a token is credited once, and the answer shown when the meter has woken', () => {
    const home = new PrepaidHome()
    home.joinGas()
    const token = home.esme.token(9, 1250)
    home.ppmid.topUp('gas', token)
    expect(home.ppmid.screen.commands.gas).toMatchObject({ command: 'topUp', state: 'waiting' })
    const message = decodeMessage(home.toGas[0] as Uint8Array)
    expect(message).toMatchObject({
      kind: 'command',
      originator: ids.ppmid,
      target: ids.gsme,
      otherInformation: { messageCode: 0x009b },
    })
    expect(PCS01.parse(message.content)).toEqual([
      { item: 'consumerTopUp', fields: { originatingDevice: 2, topUpCode: latin1(token) } },
    ])
    home.advance(1800)
    expect(home.gasMeterWakes()).toEqual([true])
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'done', text: 'Accepted: £12.50, balance £12.50' })
    expect(home.gsme.tokens.account.meterBalanceMillipence).toBe(1_250_000)

    home.ppmid.topUp('gas', token)
    home.gasMeterWakes()
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'refused', text: 'Token already used' })
    expect(home.gsme.tokens.account.meterBalanceMillipence).toBe(1_250_000)
  })
  it('PCS02: emergency credit is activated, or not', () => {
    const home = new PrepaidHome()
    home.joinGas()
    home.gsme.setBalance(900_000)
    home.ppmid.activateEmergencyCredit('gas')
    home.gasMeterWakes()
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'refused' })
    home.gsme.setBalance(0)
    home.ppmid.activateEmergencyCredit('gas')
    home.gasMeterWakes()
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'done', text: 'Accepted by the meter' })
    expect(home.gsme.tokens.account.emergencyCredit).toBe('active')
  })
  it('each have a counter of their own, which is never used again', () => {
    const home = new PrepaidHome()
    home.joinGas()
    const counters = [1, 2, 3].map(() => {
      home.ppmid.activateEmergencyCredit('gas')
      const { originatorCounter } = decodeMessage(home.toGas[0] as Uint8Array)
      home.gasMeterWakes()
      home.restart()
      return originatorCounter
    })
    expect(new Set(counters).size).toBe(3)
    expect([...counters].sort()).toEqual(counters)
  })
  it('wait for the meter one at a time, through a power cut, and give up in the end', () => {
    const home = new PrepaidHome()
    home.joinGas()
    home.ppmid.activateEmergencyCredit('gas')
    home.ppmid.topUp('gas', home.esme.token(9, 1250))
    expect(home.toGas).toHaveLength(1)
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'notSent' })
    home.restart()
    home.advance(GAS_ANSWER_S - 1)
    expect(home.ppmid.nextDue()).toBe(home.clock.time + 1)
    home.advance(1)
    expect(home.ppmid.screen.commands.gas).toMatchObject({
      command: 'activateEmergencyCredit',
      state: 'noAnswer',
    })
    expect(home.gasMeterWakes()).toEqual([false])
  })
  it('are answered through a power cut of the display', () => {
    const home = new PrepaidHome()
    home.joinGas()
    home.ppmid.activateEmergencyCredit('gas')
    home.restart()
    expect(home.gasMeterWakes()).toEqual([true])
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'done' })
  })
  it('take no answer that is altered, by another, or to another command', () => {
    const home = new PrepaidHome()
    home.joinGas()
    home.ppmid.activateEmergencyCredit('gas')
    const command = home.toGas[0] as Uint8Array
    let answer = new Uint8Array(0)
    const altered = (response: Uint8Array): Uint8Array => {
      answer = response.slice()
      return response.map((octet, i) => (i === response.length - 20 ? octet ^ 1 : octet))
    }
    expect(home.gasMeterWakes(altered)).toEqual([false])
    expect(home.ppmid.takeResponse(command)).toBe(false)
    expect(home.ppmid.takeResponse(Uint8Array.of(1, 2, 3))).toBe(false)
    expect(home.ppmid.screen.commands.gas?.state).toBe('waiting')
    expect(home.ppmid.takeResponse(answer)).toBe(true)
    expect(home.ppmid.takeResponse(answer)).toBe(false)
    expect(home.ppmid.receive(answer)).toMatchObject({ kind: 'discarded', reason: 'notACommand' })
  })
  it('never enable gas', () => {
    const home = new PrepaidHome()
    home.joinGas()
    home.ppmid.press('fuel')
    home.ppmid.press('enableSupply')
    expect(home.ppmid.screen.commands.gas).toMatchObject({ state: 'notSent', text: 'Gas is enabled at the meter' })
    expect(home.toGas).toHaveLength(0)
  })
  it('altered on the way have no effect on the meter', () => {
    const home = new PrepaidHome()
    home.joinGas()
    home.ppmid.topUp('gas', home.esme.token(9, 1250))
    const message = home.toGas[0] as Uint8Array
    const wrong = message.map((octet, i) => (i === message.length - 20 ? octet ^ 1 : octet))
    expect(home.gsme.receive(wrong)).toMatchObject({ kind: 'discarded', reason: 'badMac' })
    expect(home.gsme.tokens.account.meterBalanceMillipence).toBe(0)
  })
})

describe('the screen of a prepayment display', () => {
  it('shows alerts that a meter shares, the newest first, and no others', () => {
    const home = new PrepaidHome()
    home.advance(1)
    const { code, title } = alerts.combinedCreditBelowLowCreditThreshold
    for (const time of [1, 2]) han.shareAlert(home.esme.device, home.esme.port, { code, time })
    expect(home.ppmid.screen.electricity.alerts).toEqual([
      { code, title, time: 2 },
      { code, title, time: 1 },
    ])
    expect(home.ppmid.screen.gas.alerts).toEqual([])
    setDeviceLog(home.esme.device, [])
    han.shareAlert(home.esme.device, home.esme.port, { code, time: 3 })
    expect(home.ppmid.screen.electricity.alerts).toHaveLength(2)
  })
  it('forgets a meter that it has left', () => {
    const home = new PrepaidHome(prepaid(500))
    home.advance(1)
    expect(home.ppmid.screen.electricity.balanceMillipence).toBe(500)
    setDeviceLog(home.ppmid, [])
    home.advance(60)
    expect(home.ppmid.screen.electricity).toMatchObject({ unavailable: { balanceMillipence: 'notJoined' } })
    home.ppmid.topUp('electricity', home.esme.token(1, 100))
    expect(home.ppmid.screen.commands.electricity).toMatchObject({ state: 'notSent', text: 'No meter is joined' })
  })
})
