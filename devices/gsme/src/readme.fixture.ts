import { mermaid, payment, supply } from '@smets2-sim/firmware'
import { alerts } from '@smets2-sim/gbcs'
import { stimulusAlerts } from './stimuli.js'

const diagram = (title: string, text: string): string => `## ${title}\n\n\`\`\`mermaid\n${text}\n\`\`\`\n`
const code = (value: number): string => value.toString(16).toUpperCase()

/** The parts of the README that are drawn from tables. */
export const gsmeSections = (): string =>
  [
    diagram('Valve', mermaid(supply.gasSupply, 'enabled')),
    diagram('Emergency credit', mermaid(payment.emergencyCreditMachine, 'unavailable')),
    [
      '## Stimuli',
      '',
      '| stimulus | alert or event |',
      '| --- | --- |',
      ...Object.entries(stimulusAlerts).map(
        ([name, alert]) => `| \`${name}\` | ${code(alerts[alert].code)} ${alerts[alert].title} |`,
      ),
      '',
    ].join('\n'),
  ].join('\n')
