import { latin1, type Eui64 } from '@smets2-sim/bytes'
import type { HanCommand, HanFields, HanPort } from '@smets2-sim/firmware'
import { metering, prepayment } from '@smets2-sim/zcl'
import { type CommandResult, noAnswer, plainResult, topUpResult, type UserCommand } from './commands.js'

/** Number of a prepayment display among originating devices. facts 6.8. */
const FROM_PPMID = 0x02
const SUPPLY_ON = 0x02

interface Row {
  readonly command: (digits: string) => HanCommand
  readonly response?: string
  /** What the answer says; a status that is not success has no fields. */
  readonly result: (fields: HanFields | undefined) => CommandResult
}

/** Commands to an electricity meter: plain Smart Energy. facts 10.8. */
const rows: Readonly<Record<UserCommand, Row>> = {
  topUp: {
    command: (digits) => ({
      cluster: prepayment,
      name: 'consumerTopUp',
      fields: { originatingDevice: FROM_PPMID, topUpCode: latin1(digits) },
    }),
    response: 'consumerTopUpResponse',
    result: (fields) => (fields ? topUpResult(fields) : { state: 'refused', text: 'Rejected by the meter' }),
  },
  activateEmergencyCredit: {
    command: () => ({
      cluster: prepayment,
      name: 'selectAvailableEmergencyCredit',
      fields: { commandIssueDateTime: 0, originatingDevice: FROM_PPMID },
    }),
    result: (fields) => plainResult('activateEmergencyCredit', fields !== undefined),
  },
  enableSupply: {
    command: () => ({ cluster: metering, name: 'localChangeSupply', fields: { proposedSupplyStatus: SUPPLY_ON } }),
    result: (fields) => plainResult('enableSupply', fields !== undefined),
  },
}

/** Has an electricity meter do something; `done` hears what it answered. */
export function commandElectricity(
  han: HanPort,
  meter: Eui64,
  command: UserCommand,
  digits: string,
  done: (result: CommandResult) => void,
): void {
  const row = rows[command]
  han.command(meter, row.command(digits), row.response, (outcome) => {
    if (outcome.kind === 'failed') return done(noAnswer)
    done(row.result(outcome.kind === 'answered' ? outcome.value : undefined))
  })
}
