import type { ReferenceMessage, ReferenceSet } from './load.js'

/** What belongs together: a command, the precommand it was made of, its response, and the alerts that follow. */
export interface Scenario {
  readonly name: string
  readonly useCase: string
  readonly precommand?: ReferenceMessage
  readonly command?: ReferenceMessage
  readonly response?: ReferenceMessage
  /** In the order of their counters. */
  readonly alerts: readonly ReferenceMessage[]
}

export function scenariosOf(set: ReferenceSet): Scenario[] {
  const groups = new Map<string, ReferenceMessage[]>()
  for (const message of set.messages) {
    const group = groups.get(message.scenario)
    if (group) group.push(message)
    else groups.set(message.scenario, [message])
  }
  return [...groups].map(([name, messages]) => {
    const one = (kind: ReferenceMessage['kind']) => messages.find((message) => message.kind === kind)
    const [precommand, command, response] = [one('precommand'), one('command'), one('response')]
    const alerts = messages
      .filter(({ kind }) => kind === 'alert')
      .sort((a, b) => (a.message.originatorCounter < b.message.originatorCounter ? -1 : 1))
    return {
      name,
      useCase: (messages[0] as ReferenceMessage).useCase,
      ...(precommand && { precommand }),
      ...(command && { command }),
      ...(response && { response }),
      alerts,
    }
  })
}
