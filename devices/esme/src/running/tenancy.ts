import { decodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { derived, type Derived, type Device, type Item, item, type Process } from '@smets2-sim/firmware'
import { itemsOf, legalOr, valueOf } from '../data/items.js'
import { restartHistory } from '../metering/index.js'
import { changeMetering } from './meter-up.js'

/** The date of tenancy to which the history of consumption has been cut. */
const historyCutAt: Item<UtcSeconds> = item('tenancy.historyCutAt', 0)

const { value: date } = o.restrictDataDateTime
/** The date that ECS12 has set; 0 where there is none. */
const tenancyDate: Derived<UtcSeconds> = derived(itemsOf([date]), (device) =>
  legalOr(0, () => decodeDateTime(valueOf(device, date)).time),
)

/** From when on personal data may be read. A date that is yet to come takes nothing away before it (our decision). */
export function tenancyStart(device: Device): UtcSeconds {
  const start = tenancyDate(device)
  return start <= device.now ? start : 0
}

/**
 * A new tenancy begins: consumption by days, weeks and months, which has no dates to be cut at, is counted anew. At once
 * when the date has passed already (our decision).
 */
export const tenancyProcess: Process = {
  nextDue: derived([tenancyDate, historyCutAt], (device) => {
    const start = tenancyDate(device)
    return start > 0 && start !== device.items.read(historyCutAt) ? start : undefined
  }),
  run(device) {
    changeMetering(device, restartHistory)
    device.items.write(historyCutAt, tenancyDate(device))
  },
}
