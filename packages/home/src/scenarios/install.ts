import { commission } from '../commissioning/commission.js'
import { deviceTitles, partyTitles } from '../words.js'
import type { Play } from './play.js'

const DAY_S = 86_400

/** Installs the home of a scenario, and tells each step. */
export async function install({ stage, transcript }: Play): Promise<void> {
  transcript.heading('Installation: devices join, clocks are set, credentials are handed over')
  const site = { ...stage.site, now: stage.now(), clockToleranceS: DAY_S }
  await commission(stage.parties, site, ({ party, to, what, useCase }, { message }) => {
    const { counts } = transcript
    counts.commands++
    if (message.signature) counts.signaturesVerified++
    else counts.macsVerified++
    const outcome = `done (${message.signature ? 'signed' : 'MAC'})`
    transcript.row({ useCase, who: partyTitles[party.role], to: deviceTitles[to], what, outcome })
  })
}
