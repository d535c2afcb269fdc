export { isSubGhz, SUB_GHZ_CAPACITY, subGhzDevices, takeSubGhzPlace } from './capacity.js'
export {
  assessment,
  changeReason,
  channelMeasured,
  channelNoise,
  gsmeSearched,
  type LocalMeasurement,
  operatingChannel,
} from './channel.js'
export { airTimeUsed, dutyCycle, dutyCycleOf, type DutyCycleState, mayNotSend } from './duty-cycle.js'
export { channelsIn, type SubGhzSettings, subGhzSettings } from './settings.js'
