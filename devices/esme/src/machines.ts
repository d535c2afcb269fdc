import { auxiliaryLoad, type Machine, mermaid, payment, supply, userInterface } from '@smets2-sim/firmware'
import { excursionMachine } from './metering/index.js'

/** The state machines of an electricity meter, each with the state in which a new meter is. */
export const machines: readonly (readonly [machine: Machine<string, string>, initial: string])[] = [
  [supply.electricitySupply, 'enabled'],
  [payment.paymentModeMachine, 'credit'],
  [payment.emergencyCreditMachine, 'unavailable'],
  [auxiliaryLoad.auxiliaryControl, 'calendar'],
  [excursionMachine, 'normal'],
  [userInterface.userDialogue, 'browsing'],
]

/** The section of the README that draws them. */
export const drawings = (): string =>
  machines
    .map(([machine, initial]) => `### ${machine.name}\n\n\`\`\`mermaid\n${mermaid(machine, initial)}\n\`\`\`\n`)
    .join('\n')
