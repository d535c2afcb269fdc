import type { DecodedReference, DecodedSet } from './decoded-set.js'

/** What belongs together: a command, the precommand it was made of, its response, and the alerts that follow. */
export interface Scenario {
  readonly name: string
  readonly useCase: string
  readonly precommand?: DecodedReference
  readonly command?: DecodedReference
  readonly response?: DecodedReference
  /** In the order of their counters. */
  readonly alerts: readonly DecodedReference[]
}

export function scenariosOf(set: DecodedSet): Scenario[] {
  const groups = new Map<string, DecodedReference[]>()
  for (const message of set.messages) {
    const group = groups.get(message.scenario)
    if (group) group.push(message)
    else groups.set(message.scenario, [message])
  }
  return [...groups].map(([name, messages]) => {
    const one = (kind: DecodedReference['kind']) => messages.find((message) => message.kind === kind)
    const [precommand, command, response] = [one('precommand'), one('command'), one('response')]
    const alerts = messages
      .filter(({ kind }) => kind === 'alert')
      .sort((a, b) => (a.message.originatorCounter < b.message.originatorCounter ? -1 : 1))
    return {
      name,
      useCase: (messages[0] as DecodedReference).useCase,
      ...(precommand && { precommand }),
      ...(command && { command }),
      ...(response && { response }),
      alerts,
    }
  })
}
