import { encodeDateTime } from '@smets2-sim/cosem'
import { ECS12, ECS17b, ECS21a } from '@smets2-sim/gbcs'
import { commission, deviceOn, type Scenario } from '@smets2-sim/home'
import { gasOfFormerTenant, gasOfNewTenant } from './gas-tenancy.js'

const DAY_S = 86_400

/** B4: others move in; what meter and gas proxy recorded before belongs to those who moved out, and can no longer be read. */
export const changeOfTenancy: Scenario = {
  title: 'somebody else moves in',
  home: { seed: 13, electricity: { activeImportWh: 55_000 }, gas: { consumptionL: 2_000_000 } },
  async run(play) {
    const { stage, transcript } = play
    const { parties, site } = stage
    const to = deviceOn(stage, 'esme')
    const read = () => ECS21a.command({ to, entries: { from: 0, to: stage.now() } })

    transcript.heading('A home in which people have lived for a while')
    await commission(parties, { ...site, now: stage.now(), clockToleranceS: DAY_S })
    await gasOfFormerTenant(play)
    await play.command(parties.supplier, 'esme', read(), {
      what: 'read the daily read log',
      says: ({ dailyReadLog }) => `${dailyReadLog.length} entries`,
      expect: ({ dailyReadLog }) => dailyReadLog.length > 0,
    })

    transcript.heading('They move out, others move in')
    const movedIn = stage.now()
    const order = ECS12.command({ to, restrictDataDateTime: encodeDateTime(movedIn) })
    await play.command(parties.supplier, 'esme', order, { what: 'a new tenancy from now on' })
    await play.refused(parties.networkOperator, 'esme', parties.networkOperator.build(order), {
      what: 'a party that may not say so',
      alert: 'sourceDoesNotHaveAuthorityForCommand',
    })
    await gasOfNewTenant(play, movedIn)
    await play.command(parties.supplier, 'esme', read(), {
      what: 'read the daily read log',
      says: ({ dailyReadLog }) => `${dailyReadLog.length} entries, none from before`,
      expect: ({ dailyReadLog }) => dailyReadLog.every(({ time }) => time >= movedIn),
    })
    await play.command(parties.supplier, 'esme', ECS17b.command({ to }), { what: 'read the registers, which go on' })
  },
}
