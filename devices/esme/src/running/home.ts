import { crc16X25, type Eui64, utf8 } from '@smets2-sim/bytes'
import { EPOCH_2000 } from '@smets2-sim/cosem'
import { auxiliaryLoad, deviceLog, type HanPort, payment, raise } from '@smets2-sim/firmware'
import * as o from '@smets2-sim/gbcs'
import { orderSwitch } from '../clusters/demand-response.js'
import type { ElectricityHome, LoggedEvent } from '../clusters/home.js'
import { accountSettingsOf } from '../data/account.js'
import { auxiliary, controllerKinds } from '../data/auxiliary.js'
import { valueOf } from '../data/items.js'
import { meteringConfigOf } from '../data/metering.js'
import type { Esme } from '../esme.js'
import { accountOf, changeAccount, settleAccount } from './account.js'
import { changeAuxiliary } from './auxiliary.js'
import { meterUp } from './meter-up.js'
import { activePowerImportW, controlStateOf, raiseAll, userEnablesSupply } from './supply.js'
import { applyToken, judgeToken } from './tokens.js'

const textOf = (meter: Esme, member: o.Attribute<string>): string => valueOf(meter, member).trim()

/** Load switches with the numbers of their controllers: those of a kind go by the order of the device log. Our decision. */
function switches(meter: Esme): { readonly switchId: Eui64; readonly controller: number | undefined }[] {
  const numbers = controllerKinds(meter).flatMap((kind, i) => (kind === 'hcalcs' ? i + 1 : []))
  return deviceLog(meter)
    .filter(({ deviceType }) => deviceType === o.deviceType.hcalcs)
    .map(({ deviceId }, place) => ({ switchId: deviceId, controller: numbers[place] }))
}
const controllerOf = (meter: Esme, wanted: Eui64): number | undefined =>
  switches(meter).find(({ switchId }) => switchId === wanted)?.controller
const switchAt = (meter: Esme, wanted: number): Eui64 | undefined =>
  switches(meter).find(({ controller }) => controller === wanted)?.switchId

/** Has load switches do over the home network what their controllers order. One that is not there has not done it. */
export function orderSwitchesBy(meter: Esme, port: HanPort): void {
  const home = electricityHomeOf(meter)
  meter.onActuatorOrder((order) => {
    if (order.kind !== 'hanCommand') return
    const { controller, commandId } = order
    const switchId = switchAt(meter, controller)
    if (switchId) orderSwitch(home, port, switchId, order)
    else changeAuxiliary(meter, (before) => auxiliaryLoad.confirm(before, controller, commandId, false, meter.now))
  })
}

/** What an electricity meter shows and does for the devices of its home, from its own state. */
export const electricityHomeOf = (meter: Esme): ElectricityHome => ({
  readings: {
    now: () => meter.now,
    metering: () => meterUp(meter),
    activePowerImportW: () => activePowerImportW(meter),
    powerThresholds: () => meteringConfigOf(meter),
    account() {
      settleAccount(meter)
      return accountOf(meter)
    },
    accountSettings: () => accountSettingsOf(meter),
    supply: () => controlStateOf(meter),
    supplier: () => ({
      name: textOf(meter, o.supplierName.valueActive),
      contact: textOf(meter, o.supplierTelephoneNumber.valueActive),
    }),
    message() {
      const text = textOf(meter, o.supplierMessage.value)
      // the object has no identifier, so that the text is its own
      return text === '' ? undefined : { id: crc16X25(utf8(text)), text }
    },
    events: () => meter.log(o.eventLog.buffer.item).entries() as Iterable<LoggedEvent>,
  },
  actions: {
    activateEmergencyCredit() {
      settleAccount(meter)
      const { active } = payment.activateEmergencyCredit(accountOf(meter), accountSettingsOf(meter))
      if (active) changeAccount(meter, payment.activateEmergencyCredit)
      return active
    },
    enterToken(digits) {
      const step = judgeToken(meter, { digits, by: 'ppmid' })
      applyToken(meter, step)
      return step.outcome
    },
    enableSupply() {
      meterUp(meter)
      const { failure, raised } = userEnablesSupply(meter)
      raiseAll(meter, raised)
      return failure === undefined
    },
    messageConfirmed: () => raise(meter, 'customerAcknowledgedMessageOnHanDevice'),
    switchAnswered(switchId, commandId, ok) {
      const controller = controllerOf(meter, switchId)
      if (controller !== undefined)
        changeAuxiliary(meter, (before) => auxiliaryLoad.confirm(before, controller, commandId, ok, meter.now))
    },
    switchOrder(switchId) {
      const controller = controllerOf(meter, switchId)
      const level = controller && meter.items.read(auxiliary).controllers[controller - 1]?.output.level
      return level === undefined ? undefined : { commandId: meter.now + EPOCH_2000, level }
    },
  },
})
