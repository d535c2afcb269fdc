import { eui64 } from '@smets2-sim/bytes'
import { ECS17b, ECS21a, ECS42, ECS52 } from '@smets2-sim/gbcs'
import { commission, deviceOn, type Scenario } from '@smets2-sim/home'

const DAY_S = 86_400

/** B5: a party whose credentials are not on the device asks through the access control broker, and only so. */
export const unknownParty: Scenario = {
  title: 'a party that the meter does not know asks through the broker',
  home: { seed: 11, electricity: { activeImportWh: 987_000 } },
  async run(play) {
    const { stage, transcript } = play
    const { parties, site } = stage
    const to = deviceOn(stage, 'esme')
    const stranger = parties.addSupplier(eui64('0253494d00000013'))
    const { accessControlBroker: broker } = parties
    const who = 'another supplier'

    transcript.heading('A home, and a party that it does not know')
    await commission(parties, { ...site, now: stage.now(), clockToleranceS: DAY_S })
    await play.refused(stranger, 'esme', stranger.build(ECS17b.command({ to })), {
      what: 'it asks by itself',
      alert: 'unauthorisedCommunicationAccessAttempted',
      alerted: parties.supplier,
    })

    transcript.heading('It asks through the broker')
    const version = ECS52.command({ to: deviceOn(stage, 'chf') })
    await play.answered(stranger, 'chf', ECS52, () => broker.sendFor(stranger, version), {
      what: 'read the firmware version',
      who,
    })
    const request = ECS21a.command({ to, entries: { from: 0, to: stage.now() } })
    await play.answered(stranger, 'esme', ECS21a, () => broker.sendFor(stranger, request), {
      what: 'read the daily read log',
      who,
      says: ({ dailyReadLog }) => `${dailyReadLog.length} entries, which the broker could not read`,
    })

    transcript.heading('What the broker may not carry for it')
    await play.refused(broker, 'esme', broker.buildFor(stranger, ECS42.command({ to })), {
      what: 'an order for a party that may give none',
      alert: 'sourceDoesNotHaveAuthorityForCommand',
    })
  },
}
