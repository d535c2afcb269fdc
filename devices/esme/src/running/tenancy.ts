import { decodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { type Device, type Item, item, type Process } from '@smets2-sim/firmware'
import { legalOr, valueOf } from '../data/derived.js'
import { restartHistory } from '../metering/index.js'
import { changeMetering } from './meter-up.js'

/** The date of tenancy to which the history of consumption has been cut. */
const historyCutAt: Item<UtcSeconds> = item('tenancy.historyCutAt', 0)

/** The date that ECS12 has set; 0 where there is none. */
const tenancyDate = (device: Device): UtcSeconds =>
  legalOr(0, () => decodeDateTime(valueOf(device, o.restrictDataDateTime.value)).time)

/** From when on personal data may be read. A date that is yet to come takes nothing away before it (our decision). */
export function tenancyStart(device: Device): UtcSeconds {
  const date = tenancyDate(device)
  return date <= device.now ? date : 0
}

/**
 * A new tenancy begins: consumption by days, weeks and months, which has no dates to be cut at, is counted anew. At once
 * when the date has passed already (our decision).
 */
export const tenancyProcess: Process = {
  nextDue(device) {
    const date = tenancyDate(device)
    return date > 0 && date !== device.items.read(historyCutAt) ? date : undefined
  },
  run(device) {
    changeMetering(device, restartHistory)
    device.items.write(historyCutAt, tenancyDate(device))
  },
}
