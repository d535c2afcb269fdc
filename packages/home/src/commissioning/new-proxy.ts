import { type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import { type Asn1UseCase, CS04AC, CS04B, type CommandRequest, GCS59, joinResult, unjoinResult } from '@smets2-sim/gbcs'
import type { Response } from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import { type Commissioners, commissioningPlan, type Site, type Step } from './plan.js'

/** What the former proxy said of whom it had joined: CS07, or the last of its alerts GCS62. */
export type ProxyLog = readonly { readonly deviceId: Uint8Array; readonly deviceType: number }[]

interface Parting {
  readonly by: 'supplier' | 'accessControlBroker'
  readonly from: DeviceName
  readonly useCase: Asn1UseCase
}
/** Who has joined the proxy by which method, and parts from it by the command for that. facts 8. */
const partings: readonly Parting[] = [
  { by: 'supplier', from: 'gsme', useCase: CS04B },
  { by: 'accessControlBroker', from: 'ppmid', useCase: CS04AC },
]

/**
 * The commands after which a home works with a gas proxy that has taken the place of a former one. It gets the log of
 * that, and the credentials of the parties; gas meter and prepayment display part from the former one and join the new
 * one, without which the meter tells it nothing (facts 10.1.3). That the two are told by these commands is our decision:
 * a proxy is somebody else than the one before, and no log but its own is restored.
 */
export function newProxyPlan(farEnd: Commissioners, site: Site, former: Eui64, log: ProxyLog): Step[] {
  const proxy = site.ids.get('gpf') as Eui64
  const restore: Step = {
    party: farEnd.accessControlBroker,
    to: 'gpf',
    request: GCS59.command({ to: proxy, value: { entries: [...log] } }),
    useCase: GCS59.name,
    what: 'restore the log of the former gas proxy',
    succeeded: ({ value }: Response) =>
      (value as { results: readonly { joinResponseCode: number }[] }).results.every(
        ({ joinResponseCode }) => joinResponseCode === joinResult.success,
      ),
  }
  const parted = partings.flatMap(({ by, from, useCase }): Step[] => {
    const to = site.ids.get(from)
    if (!to) return []
    const request: CommandRequest<any> = useCase.command({ to, value: eui64Bytes(former) })
    const succeeded = ({ value }: Response): boolean => value === unjoinResult.success
    return [
      {
        party: farEnd[by],
        to: from,
        request,
        useCase: useCase.name,
        what: 'part it from the former gas proxy',
        succeeded,
      },
    ]
  })
  const joined = commissioningPlan(farEnd, site)
    .flat()
    .filter(({ to, about }) => (to === 'gpf' ? about === undefined : about === 'gpf'))
  return [restore, ...parted, ...joined]
}
