/** Types of device as a hub is told them when it lets one join. facts 8 (hand-held terminal: our decision). */
export const deviceType = {
  esme: 0,
  gsme: 1,
  hcalcs: 13,
  ihd: 128,
  handHeldTerminal: 129,
  cad: 130,
  ppmid: 132,
  gpf: 254,
} as const
/** One of `deviceType`, or any other: an unknown device does no harm. */
export type DeviceType = number
