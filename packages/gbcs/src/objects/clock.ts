import { enumeration, i8, octets, u8 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { presetTime } from './shapes.js'

// Clock (facts/cosem_objects.json, section 5).

/** Class 8, Clock. SMETS: Time. */
export const clock = cosemObject('clock', 8, '0-0:1.0.0.255', {
  time: attribute(2, octets(12)),
  status: attribute(4, u8),
  clockBase: attribute(9, enumeration),
  adjustToPresetTime: method(4, i8),
  presetAdjustingTime: method(5, presetTime),
})
