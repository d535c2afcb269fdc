import { machine } from '../machine/machine.js'

/**
 * Supply of an electricity meter, with the cause for which it is off: what may turn it on again depends on the cause.
 * facts 12.6. A supply that the load limit has armed comes back by itself; locked is disabled by tampering.
 */
export const electricitySupply = machine('electricity supply', {
  enabled: {
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    loadLimitExceeded: 'armedByLoadLimit',
    tamper: 'locked',
  },
  armed: {
    userEnables: 'enabled',
    enableCommand: 'enabled',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
  },
  armedByLoadLimit: {
    restorationPeriodElapsed: 'enabled',
    userEnables: 'enabled',
    enableCommand: 'enabled',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
  },
  disabledByCommand: { enableCommand: 'enabled', armCommand: 'armed' },
  disabledByCredit: {
    creditRestored: 'armed',
    emergencyCreditActivated: 'armed',
    disableCommand: 'disabledByCommand',
    tamper: 'locked',
  },
  locked: { enableCommand: 'enabled', armCommand: 'armed', disableCommand: 'disabledByCommand' },
})

/**
 * The valve of a gas meter. It is never opened from afar: a command arms it, a person opens it, and the flow is measured
 * before the supply counts as enabled. facts 12.6.
 */
export const gasSupply = machine('gas supply', {
  enabled: {
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    uncontrolledFlow: 'armed',
    tamper: 'locked',
    depletion: 'depleted',
  },
  proving: {
    flowProven: 'enabled',
    uncontrolledFlow: 'armed',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
    depletion: 'depleted',
  },
  armed: {
    userEnables: 'proving',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
    depletion: 'depleted',
  },
  disabledByCommand: { armCommand: 'armed' },
  disabledByCredit: {
    creditRestored: 'armed',
    emergencyCreditActivated: 'armed',
    disableCommand: 'disabledByCommand',
    tamper: 'locked',
  },
  locked: { armCommand: 'armed', disableCommand: 'disabledByCommand' },
  depleted: {
    powerRestored: 'armed',
    armCommand: 'armed',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
  },
})

export type ElectricitySupplyState = (typeof electricitySupply.states)[number]
export type GasSupplyState = (typeof gasSupply.states)[number]
export type SupplyState = ElectricitySupplyState | GasSupplyState
/** Everything that may change a supply. */
export type SupplyEvent = (typeof electricitySupply.events)[number] | (typeof gasSupply.events)[number]
