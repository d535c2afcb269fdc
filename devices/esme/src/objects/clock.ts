import { AccessError, setClockWithin, viewOf, methodOf, itemOf, type Item, item } from '@smets2-sim/firmware'
import { accessResult, decodeDateTime, encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import { clock } from '@smets2-sim/gbcs'

/** The interval in which the hub's time must fall for the clock to be set: kept between the items of ECS70. */
const validity: Item<{ readonly from: UtcSeconds; readonly to: UtcSeconds } | undefined> = item(
  'clock.validity',
  undefined,
)

/** Status of class 8: bit 0 invalid, bit 1 doubtful. */
const statusBits = { reliable: 0, invalid: 1, unreliable: 2 } as const

/** The clock as ECS70 sets and reads it. facts 5.11. */
export const clockViews = [
  viewOf(clock.time, {
    get: ({ device }) => encodeDateTime(device.now),
    prime: ({ device }, octets) => device.clock.set(decodeDateTime(octets).time, device.clock.status),
  }),
  viewOf(clock.status, {
    get: ({ device }) => statusBits[device.clock.status],
    prime: ({ device }, bits) =>
      device.clock.set(device.now, bits & 1 ? 'invalid' : bits & 2 ? 'unreliable' : 'reliable'),
  }),
  viewOf(clock.clockBase, {
    get: ({ device }) => device.items.read(itemOf(clock.clockBase)),
    set: ({ device }, base) => device.items.write(itemOf(clock.clockBase), base),
  }),
  methodOf(clock.presetAdjustingTime, ({ device }, { validityStart, validityEnd }) => {
    device.items.write(validity, { from: decodeDateTime(validityStart).time, to: decodeDateTime(validityEnd).time })
  }),
  methodOf(clock.adjustToPresetTime, ({ device }) => {
    const interval = device.items.read(validity)
    device.items.reset(validity)
    if (!interval) throw new AccessError(accessResult.otherReason, 'no interval was preset')
    setClockWithin(device, interval.from, interval.to)
  }),
]
