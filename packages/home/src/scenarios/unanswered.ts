import { ExchangeError, type OutgoingCommand, type RemoteParty } from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import { deviceTitles, partyTitles } from '../words.js'
import type { Play } from './play.js'

/** A party sends a command that must not be answered in this time, as nobody is there to take it. */
export async function unanswered(
  { transcript }: Play,
  party: RemoteParty,
  to: DeviceName,
  command: OutgoingCommand,
  { what, patienceS, who = partyTitles[party.role] }: { what: string; patienceS: number; who?: string },
): Promise<void> {
  const { useCase } = command.request
  let outcome = 'answered'
  try {
    await party.exchange(command, { timeoutS: patienceS })
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error
    outcome = error.reason === 'notDelivered' ? 'not delivered' : 'no answer'
  }
  transcript.row({ useCase: useCase.name, who, to: deviceTitles[to], what, outcome })
  if (outcome === 'answered') transcript.failure(`${useCase.name} was answered, though nobody should be there`)
}
