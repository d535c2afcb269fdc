import { native, softwareKeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '@smets2-sim/firmware'
import type { DeviceKind } from '@smets2-sim/gbcs'
import { testSmki } from '@smets2-sim/parties'
import { LinkError } from '@smets2-sim/serial'
import { makeDevice } from '../bench-device/kind.js'
import type { TargetPort } from './conversation.js'
import type { TargetKeys } from './keys.js'
import { provision } from './provision.js'
import { smkiKeys } from './smki-keys.js'

/** A simulated device that plays the one under test, with the keys of a test SMKI. */
export interface DeviceUnderTest {
  readonly device: Device
  readonly keys: TargetKeys
  readonly clock: { time: UtcSeconds }
  /** Alerts that wait to be heard. */
  readonly sent: Uint8Array[]
}

export function deviceUnderTest(kind: DeviceKind = 'esme'): DeviceUnderTest {
  const smki = testSmki({ seed: 1 })
  const keys = smkiKeys(smki, kind)
  const own = smki.device(keys.device.id).keys
  const clock = { time: 820_000_000 }
  const sent: Uint8Array[] = []
  let drawn = 0
  const device = makeDevice(kind, keys.device.id, {
    clock: { now: () => clock.time },
    crypto: native,
    keys: softwareKeyStore(native, { digitalSignature: own.digitalSignature, keyAgreement: own.keyAgreement }),
    entropy: { bytes: (count) => native.sha256(Uint8Array.of(drawn++, 1)).subarray(0, count) },
    link: { send: (message) => void sent.push(message) },
  })
  provision(device, keys, native)
  return { device, keys, clock, sent }
}

/** What a device answers to a command: messages in order, or the end of the link. */
export type Behaviour = (command: Uint8Array, answer: () => Uint8Array | undefined) => readonly Uint8Array[] | 'lost'

/** A port in memory and virtual time: silence is known at once. */
export function memoryPort(under: DeviceUnderTest, behaviour?: Behaviour): TargetPort {
  const { device, clock, sent } = under
  const behave: Behaviour = behaviour ?? ((_, answer) => [answer() ?? []].flat())
  return {
    now: () => clock.time,
    pause: () => Promise.resolve(),
    connect: ({ matches, onUnasked }) => ({
      async exchange(command, timeoutMs) {
        const answer = (): Uint8Array | undefined => {
          const outcome = device.receive(command)
          return outcome.kind === 'responded' ? outcome.response : undefined
        }
        const messages = behave(command, answer)
        if (messages === 'lost') throw new LinkError('lost', 'the other end went away')
        let response: Uint8Array | undefined
        for (const message of [...messages, ...sent.splice(0)])
          if (!response && matches(command, message)) response = message
          else onUnasked(message)
        if (!response) throw new LinkError('timeout', `no response within ${timeoutMs} ms`)
        return response
      },
      stop: () => undefined,
    }),
  }
}
