import { equalBytes, type Eui64 } from '@smets2-sim/bytes'
import { type Device, raise } from '@smets2-sim/firmware'
import { type DecodedMessage } from '@smets2-sim/gbcs'
import { tapOff, tapOffAlert, type TapOffOutcome, tapOffOverdue } from '@smets2-sim/gpf'
import { isAnswerTo, tryDecode } from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import type { LivingDevice } from './home-device.js'

/** Commands for the gas meter of which the answer is awaited: more than a meter gets between two wakes. Our decision. */
const MAX_TAPPED = 64

interface Tapped {
  readonly octets: Uint8Array
  readonly command: DecodedMessage
}

/** What the functions inside the hub make of messages that pass by it. */
export class HubFunctions {
  readonly #devices: ReadonlyMap<DeviceName, LivingDevice>
  #tapped: readonly Tapped[] = []

  constructor(devices: ReadonlyMap<DeviceName, LivingDevice>) {
    this.#devices = devices
  }

  /** A message leaves for a device of the network. */
  passesToDevice(target: Eui64, octets: Uint8Array): void {
    if (target === this.#devices.get('gsme')?.id) this.#tap(octets)
  }
  /** A message has come from a device of the network. */
  passesFromDevice(from: Eui64, octets: Uint8Array): void {
    if (from === this.#devices.get('gsme')?.id) this.#tapOff(octets)
  }

  #tap(octets: Uint8Array): void {
    const command = tryDecode(octets)
    if (command?.kind !== 'command') return
    // one that did not get through goes out again
    const others = this.#tapped.filter((one) => !equalBytes(one.octets, octets))
    this.#tapped = [...others, { octets, command }].slice(-MAX_TAPPED)
  }
  /** What the meter has executed is applied to the proxy's copy of its settings. facts 10.4. */
  #tapOff(octets: Uint8Array): void {
    const message = tryDecode(octets)
    if (message?.kind !== 'response') return this.#proxy((proxy) => tapOffAlert(proxy, octets))
    const row = this.#tapped.find(({ command }) => isAnswerTo(command, message))
    if (!row) return
    this.#tapped = this.#tapped.filter((one) => one !== row)
    this.#proxy((proxy) => tapOff(proxy, row.octets, octets))
  }
  /** The gas meter has been awake: what it announced, and did not bring, is missing in the copy. */
  gasMeterWoke(): void {
    this.#proxy(tapOffOverdue)
  }
  /** The proxy takes something over; the hub tells its parties when it cannot. */
  #proxy(body: (proxy: Device) => TapOffOutcome): void {
    const outcome = this.#devices.get('gpf')?.change(body)
    if (outcome === 'failed')
      this.#devices.get('chf')?.change((hub) => raise(hub, 'tapOffMessageResponseOrAlertFailure'))
  }
}
