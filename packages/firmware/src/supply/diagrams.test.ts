import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { auxiliaryControl } from '../auxiliary-load/channel.js'
import { mermaid } from '../machine/machine.js'
import { emergencyCreditMachine, paymentModeMachine } from '../payment/modes.js'
import { userDialogue } from '../user-interface/user-interface.js'
import { electricitySupply, gasSupply } from './machines.js'

it('draws every machine in the README as its table is', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const drawn = [...readme.matchAll(/^## (.+)\n\n```mermaid\n([^`]*)\n```$/gm)].map(([, title, text]) => [title, text])
  expect(drawn).toEqual([
    [electricitySupply.name, mermaid(electricitySupply, 'enabled')],
    [gasSupply.name, mermaid(gasSupply, 'enabled')],
    [paymentModeMachine.name, mermaid(paymentModeMachine, 'credit')],
    [emergencyCreditMachine.name, mermaid(emergencyCreditMachine, 'unavailable')],
    [auxiliaryControl.name, mermaid(auxiliaryControl, 'calendar')],
    [userDialogue.name, mermaid(userDialogue, 'browsing')],
  ])
})
