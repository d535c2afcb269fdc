import { ECS42, ECS52 } from '@smets2-sim/gbcs'
import { native } from '@smets2-sim/crypto'
import { commission, deviceOn, type DeviceName, type Play, type Scenario } from '@smets2-sim/home'
import { type Identity, identityKeyStore, type RemoteParty } from '@smets2-sim/parties'
import { newRoot } from './contingency-order.js'
import { allReplaced, noneReplaced, replaceParty } from './credentials-order.js'

const DAY_S = 86_400
/** The gas meter has to wake. */
const PATIENCE_S = 7200
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
    await contingency(play)
  },
}

/** The root itself is lost: the contingency key puts another in its place, from which all is built anew. facts 7.4. */
async function contingency(play: Play): Promise<void> {
  const { stage, transcript } = play
  const { parties, site } = stage
  const { smki } = site
  const { recovery: recoveryParty, supplier, accessControlBroker: broker } = parties
  const to = deviceOn(stage, 'esme')
  const under = <R extends 'recovery' | 'supplier' | 'accessControlBroker'>(role: R, { identity }: RemoteParty) =>
    smki.organisation(role, identity.id, { generation: identity.generation + 1, issuer: 'contingencyIssuer' })
  const newRecovery = under('recovery', recoveryParty)
  const key = identityKeyStore(native, {
    ...newRecovery,
    keys: { ...newRecovery.keys, digitalSignature: smki.contingency.privateKey },
  })

  transcript.heading('The root is lost, and with it the word of whom it vouches for')
  await play.refused(recoveryParty, 'esme', recoveryParty.build(newRoot(to, newRecovery, smki)), {
    what: 'another root, signed by the recovery party itself',
    alert: 'trustedSourceAuthenticationFailure',
  })
  const wrongSymmetricKey = smki.contingency.symmetricKey.map((octet) => octet ^ 1)
  const locked = recoveryParty.build(newRoot(to, newRecovery, smki, wrongSymmetricKey), { signer: key })
  await play.refused(recoveryParty, 'esme', locked, {
    what: 'the contingency key, without what unlocks it',
    alert: 'trustedSourceAuthenticationFailure',
  })
  for (const on of concerned) {
    const command = recoveryParty.build(newRoot(deviceOn(stage, on), newRecovery, smki), { signer: key })
    await play.answered(
      recoveryParty,
      on,
      command.request.useCase,
      async () => recoveryParty.read(command, await recoveryParty.exchange(command, { timeoutS: PATIENCE_S })),
      { what: 'another root, by the contingency key', expect: allReplaced },
    )
  }
  recoveryParty.renew(newRecovery)

  transcript.heading('What the old root vouches for comes in no more; what the new one does, comes in')
  const [newSupplier, newBroker] = [under('supplier', supplier), under('accessControlBroker', broker)]
  const order = (on: DeviceName, party: Identity, path: readonly Uint8Array[]) =>
    replaceParty({ to: deviceOn(stage, on), mode: 'anyByRecovery', party, smki, path, topUps: on !== 'chf' })
  const old = smki.replacementFor(supplier.identity)
  await play.command(recoveryParty, 'esme', order('esme', old, smki.certificationPath), {
    what: 'a supplier by the old root',
    says: () => 'no cell replaced',
    expect: noneReplaced,
  })
  for (const on of concerned)
    for (const party of on === 'chf' ? [newBroker] : [newBroker, newSupplier])
      await play.command(recoveryParty, on, order(on, party, smki.contingencyPath), {
        what: `the ${party.role === 'supplier' ? 'supplier' : 'broker'} by the new root`,
        expect: allReplaced,
      })
  supplier.renew(newSupplier)
  broker.renew(newBroker)
  await play.command(supplier, 'esme', ECS42.command({ to }), { what: 'enable the supply' })
  await play.command(supplier, 'esme', ECS52.command({ to }), { what: 'read the firmware version' })
}
