import { ECS42, ECS52 } from '@smets2-sim/gbcs'
import { commission, deviceOn, type DeviceName, type Scenario } from '@smets2-sim/home'
import { allReplaced, replaceParty } from './credentials-order.js'

const DAY_S = 86_400
const concerned = ['esme', 'gsme', 'gpf', 'chf'] as const satisfies readonly DeviceName[]

/** The keys of supplier and access control broker are no longer theirs alone: the recovery party puts new ones in their place. */
export const recovery: Scenario = {
  title: 'keys are stolen, and the recovery party puts new ones in their place',
  home: { seed: 15, electricity: {}, gas: {} },
  async run(play) {
    const { stage, transcript } = play
    const { parties, site } = stage
    const { supplier, accessControlBroker: broker } = parties
    const to = deviceOn(stage, 'esme')
    const read = ECS52.command({ to })
    const enable = ECS42.command({ to })

    transcript.heading('A home')
    await commission(parties, { ...site, now: stage.now(), clockToleranceS: DAY_S })
    await play.command(supplier, 'esme', enable, { what: 'enable the supply' })
    // whoever has the keys can make what their owners can make
    const [forgedOrder, forgedRead] = [supplier.build(enable), supplier.build(read)]

    transcript.heading('New keys, by orders that need neither supplier nor broker')
    const [newSupplier, newBroker] = [
      site.smki.replacementFor(supplier.identity),
      site.smki.replacementFor(broker.identity),
    ]
    for (const on of concerned)
      for (const party of on === 'chf' ? [newBroker] : [newBroker, newSupplier])
        await play.command(
          parties.recovery,
          on,
          replaceParty({
            to: deviceOn(stage, on),
            mode: 'anyByRecovery',
            party,
            smki: site.smki,
            topUps: on !== 'chf',
          }),
          { what: `new keys of the ${party.role === 'supplier' ? 'supplier' : 'broker'}`, expect: allReplaced },
        )
    supplier.renew(newSupplier)
    broker.renew(newBroker)

    transcript.heading('The stolen keys open nothing')
    for (const forged of [forgedOrder, forgedRead])
      await play.refused(supplier, 'esme', forged, {
        what: 'a command under the stolen keys',
        alert: 'trustedSourceAuthenticationFailure',
      })
    await play.command(supplier, 'esme', enable, { what: 'enable the supply' })
    await play.command(supplier, 'esme', read, { what: 'read the firmware version' })
  },
}
