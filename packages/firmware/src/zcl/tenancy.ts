import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '../device.js'
import { clearHistory } from '../gas/history.js'
import type { Process } from '../schedule/scheduler.js'
import { type Item, item } from '../state/item-store.js'
import type { ClusterServer, ZclContext } from './profile.js'

/** When the present tenant moved in: earlier personal data is for nobody, as on an electricity meter. */
export const tenancyStart: Item<UtcSeconds> = item('consumer.tenancyStart', 0)
/** A date that is still to come. */
const announced: Item<UtcSeconds | undefined> = item('consumer.tenancyAnnounced', undefined)

function begin(device: Device, time: UtcSeconds): void {
  device.items.write(tenancyStart, time)
  device.items.reset(announced)
  clearHistory(device)
}

/** Change of tenancy (GCS09): executed on receipt, and in force from its date. facts 3.1. */
export const changeOfTenancy: ClusterServer = {
  commands: {
    'deviceManagement.publishChangeOfTenancy': {
      handle({ device }, { implementationDateTime: time }) {
        if (time <= device.now) begin(device, time)
        else device.items.write(announced, time)
      },
    },
  },
}
/** A tenancy that begins. */
export const tenancy: Process = {
  nextDue: ({ items }) => items.read(announced),
  run: begin,
}

/** From when on personal data may be seen, by anybody: what was before belongs to those who have moved out. Our decision. */
export const visibleFrom = ({ device }: ZclContext): UtcSeconds => device.items.read(tenancyStart)
