import { eui64Bytes } from '@smets2-sim/bytes'
import * as o from '@smets2-sim/gbcs'
import { viewOf } from '@smets2-sim/firmware'
import { privacyPin } from '../data/user.js'
import { hardwareOf } from '../hardware.js'
import { reading } from './reading.js'

/** Letters of the parts of SMETS that describe the variants. */
const letters = { singleElement: 'A', twinElement: 'B', polyphase: 'C' } as const

/** Identity and privacy PIN: ECS14, ECS26e, ECS26m. All else that ECS10 to ECS16, ECS39 and ECS50 set is plain data. */
export const identityViews = [
  reading(o.deviceIdentifier.value, { get: ({ id }) => eui64Bytes(id) }),
  reading(o.meterVariant.value, {
    get: (device) => Uint8Array.of(letters[hardwareOf(device).variant].charCodeAt(0)),
  }),
  // the value that turns the protection off has no octets; a remote party can set no other, and read none
  viewOf(o.privacyPin.value, { set: ({ device }) => device.items.write(privacyPin, '') }),
]
