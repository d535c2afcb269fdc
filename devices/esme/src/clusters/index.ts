import { type Device, han, type HanReceiver } from '@smets2-sim/firmware'
import { calendarServer } from './calendar.js'
import { demandResponseServer } from './demand-response.js'
import { deviceManagementServer } from './device-management.js'
import { eventsServer } from './events.js'
import type { ElectricityHome } from './home.js'
import { messagingServer } from './messaging.js'
import { meteringServer } from './metering.js'
import { prepaymentServer } from './prepayment.js'
import { priceServer } from './price.js'

/** What an electricity meter serves on the home network. facts 10.7. */
export const electricityServers: readonly han.ServedCluster<ElectricityHome>[] = [
  meteringServer,
  priceServer,
  prepaymentServer,
  messagingServer,
  calendarServer,
  eventsServer,
  deviceManagementServer,
  demandResponseServer,
]

/** An electricity meter on the home network. */
export const serveElectricity = (device: Device, home: ElectricityHome): HanReceiver =>
  han.serve(device, home, electricityServers)

export { loadControlEvent, orderSwitch } from './demand-response.js'
export type {
  ElectricityActions,
  ElectricityHome,
  ElectricityReadings,
  LoggedEvent,
  SupplierMessage,
  SwitchOrder,
} from './home.js'
export { displayMessage } from './messaging.js'
