import { eui64 } from '@smets2-sim/bytes'
import { ECS17a, ECS45 } from '@smets2-sim/gbcs'
import { commission, deviceOn, type DeviceName, type Scenario } from '@smets2-sim/home'
import { allReplaced, replaceParty } from './credentials-order.js'

const DAY_S = 86_400
const concerned = ['esme', 'gsme', 'gpf'] as const satisfies readonly DeviceName[]

/** One network operator hands a home over to another; the supplier is not concerned. */
export const operatorHandover: Scenario = {
  title: 'the network of a home gets another operator',
  home: { seed: 10, electricity: { activeExportWh: 1000 }, gas: {} },
  async run(play) {
    const { stage, transcript } = play
    const { parties, site } = stage
    const to = deviceOn(stage, 'esme')
    const next = parties.addParty('networkOperator', eui64('0253494d00000021'))
    const read = ECS17a.command({ to })

    transcript.heading('A home in the network of one operator')
    await commission(parties, { ...site, now: stage.now(), clockToleranceS: DAY_S })
    await play.command(parties.networkOperator, 'esme', read, { what: 'read the export registers' })
    await play.refused(next, 'esme', next.build(read), {
      what: 'the other operator before the handover',
      alert: 'unauthorisedCommunicationAccessAttempted',
      alerted: parties.supplier,
    })

    transcript.heading('The operator puts another in its place')
    for (const on of concerned)
      await play.command(
        parties.networkOperator,
        on,
        replaceParty({
          to: deviceOn(stage, on),
          mode: 'networkOperatorByNetworkOperator',
          party: next.identity,
          smki: site.smki,
        }),
        { what: 'another network operator', expect: allReplaced },
      )
    await play.command(next, 'esme', read, { what: 'read the export registers', who: 'the new operator' })
    const state = ECS45.command({ to })
    await play.command(parties.supplier, 'esme', state, { what: 'read the state of the load switch, as before' })
    await play.refused(parties.networkOperator, 'esme', parties.networkOperator.build(read), {
      what: 'the former operator',
      alert: 'unauthorisedCommunicationAccessAttempted',
      alerted: parties.supplier,
    })
  },
}
