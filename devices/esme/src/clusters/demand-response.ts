import type { Eui64 } from '@smets2-sim/bytes'
import { han, type HanCommand, type HanPort } from '@smets2-sim/firmware'
import { demandResponse, zclStatus } from '@smets2-sim/zcl'
import type { ElectricityHome, SwitchOrder } from './home.js'

/** What a switch reports of a command: it has begun, it is refused; other reports change nothing. */
const [STARTED, REJECTED] = [0x02, 0xfe]
const NOT_USED = 0xff
const NO_TEMPERATURE = -0x8000
const UNTIL_CHANGED = 0xffff
const ANY_DEVICE = 0x0fff

/**
 * Load Control Event: a command to a load switch, from now until the next. Its duty cycle is the level in percent; the
 * identifier is that of the command (our reading of facts 10.7 and of the auxiliary controller event log).
 */
export const loadControlEvent = ({ commandId, level }: SwitchOrder): HanCommand => ({
  cluster: demandResponse,
  name: 'loadControlEvent',
  fields: {
    issuerEventId: commandId,
    deviceClass: ANY_DEVICE,
    utilityEnrollmentGroup: 0,
    startTime: 0,
    durationInMinutes: UNTIL_CHANGED,
    criticalityLevel: 1,
    coolingTemperatureOffset: NOT_USED,
    heatingTemperatureOffset: NOT_USED,
    coolingTemperatureSetPoint: NO_TEMPERATURE,
    heatingTemperatureSetPoint: NO_TEMPERATURE,
    averageLoadAdjustmentPercentage: 0x80,
    dutyCycle: level,
    eventControl: 0,
  },
})

/** Sends a command to a load switch. One that cannot be reached counts as one that could not do it. */
export function orderSwitch(home: ElectricityHome, port: HanPort, switchId: Eui64, order: SwitchOrder): void {
  port.publish(switchId, loadControlEvent(order), ({ kind }) => {
    if (kind !== 'answered') home.actions.switchAnswered(switchId, order.commandId, false)
  })
}

/** Demand Response and Load Control cluster of an electricity meter: its load switches on the home network. */
export const demandResponseServer = han.servedCluster<ElectricityHome, typeof demandResponse>(demandResponse, {
  commands: {
    reportEventStatus: {
      from: ['hcalcs'],
      handle({ actions }, { issuerEventId, eventStatus }, { deviceId }) {
        if (eventStatus === STARTED || eventStatus === REJECTED)
          actions.switchAnswered(deviceId, issuerEventId as number, eventStatus === STARTED)
        return zclStatus.success
      },
    },
    /** Get Scheduled Events (0x0119): what the switch is to do now. */
    getScheduledEvents: {
      from: ['hcalcs'],
      messageCode: 0x0119,
      handle({ actions }, _, { deviceId }) {
        const order = actions.switchOrder(deviceId)
        return order ? loadControlEvent(order) : zclStatus.notFound
      },
    },
  },
})
