import { CS02c, CS02d, CS02e, deviceCertificateResult, ECS42, ECS45 } from '@smets2-sim/gbcs'
import { commission, deviceOn, type Play, type Scenario } from '@smets2-sim/home'

const DAY_S = 86_400
type Usage = 'digitalSignature' | 'keyAgreement'

/** A meter makes itself new keys, and is heard under them and no others from the moment that it has their certificates. */
export const deviceCertificate: Scenario = {
  title: 'a meter gets new certificates for keys that it made itself',
  home: { seed: 14, electricity: {} },
  async run(play) {
    const { stage, transcript } = play
    const { parties, site } = stage
    const to = deviceOn(stage, 'esme')
    transcript.heading('A home')
    await commission(parties, { ...site, now: stage.now(), clockToleranceS: DAY_S })

    transcript.heading('A new key for signatures: the next response is signed with it')
    await renew(play, 'digitalSignature')
    await play.command(parties.supplier, 'esme', ECS42.command({ to }), { what: 'enable the supply' })

    transcript.heading('A new key for MACs: what is made with the old one is refused')
    const stale = parties.supplier.build(ECS45.command({ to }))
    await renew(play, 'keyAgreement')
    await play.refused(parties.supplier, 'esme', stale, {
      what: 'a command from before',
      alert: 'trustedSourceAuthenticationFailure',
    })
    await play.command(parties.supplier, 'esme', ECS45.command({ to }), { what: 'read the state of the load switch' })
  },
}

async function renew(play: Play, keyUsage: Usage): Promise<void> {
  const { parties, site } = play.stage
  const { supplier, inventory } = parties
  const to = deviceOn(play.stage, 'esme')
  const made = await play.command(supplier, 'esme', CS02c.command({ to, value: { keyUsage } }), {
    what: 'make a key pair and ask for its certificate',
    expect: ({ kind }) => kind === 'certificationRequest',
  })
  const request = made?.value.value
  if (!(request instanceof Uint8Array)) return play.transcript.failure('there is no certification request')
  const certificate = site.smki.issueDeviceCertificate(request)
  await play.command(supplier, 'esme', CS02d.command({ to, value: certificate }), {
    what: 'take the certificate',
    expect: (result) => result === deviceCertificateResult.success,
  })
  inventory.renew(certificate)
  await play.command(supplier, 'esme', CS02e.command({ to, value: { keyUsage } }), {
    what: 'read the certificate',
    expect: ({ kind }) => kind === 'certificate',
  })
}
