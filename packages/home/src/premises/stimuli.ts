import { GbcsError } from '@smets2-sim/bytes'
import { Device, raise, receiveUpgradeImage } from '@smets2-sim/firmware'
import { type AlertName, alerts } from '@smets2-sim/gbcs'
import { activateEmergencyCredit, enableSupply, enterTopUp, setDemand, stimuli as gasWorld } from '@smets2-sim/gsme'

/** Something that happens to a device in the world around it. Its arguments are plain data, so that it can be recorded. */
export type Stimulus = (device: Device, ...args: any[]) => unknown
export type Stimuli = Readonly<Record<string, Stimulus>>

/** What can happen to every device. */
const commonStimuli = {
  /** Its clock runs off by so many seconds. */
  driftClock: (device: Device, seconds: number) => device.clock.drift(seconds),
  /** Something for which there is an alert or event has happened: its row in the table says what follows. */
  raise(device: Device, name: AlertName) {
    if (!(name in alerts)) throw new GbcsError('misuse', `there is no alert ${name}`)
    raise(device, name)
    device.save()
  },
  /** An upgrade image has arrived over the home area network. */
  receiveUpgradeImage,
} as const satisfies Stimuli

/** What can happen to a gas meter besides: taking gas, the world around it, and what its user does at it. */
export const gasStimuli = {
  ...gasWorld,
  /** The appliances of the home take so many litres an hour from now on. */
  setDemand,
  enterTopUp,
  activateEmergencyCredit,
  enableSupply,
} as const satisfies Stimuli

type Rest<F> = F extends (device: Device, ...args: infer A) => infer R ? (...args: A) => R : never
type Bound<S> = { readonly [K in keyof S]: Rest<S[K]> }
/** Methods of a class of device that not every device has: what the world, or a user, can do to it. */
type Methods<D extends Device> = {
  readonly [K in Exclude<keyof D, keyof Device> as D[K] extends (...args: any[]) => unknown ? K : never]: D[K]
}
/** What can happen to a device, each as a method that needs no device. */
export type StimuliOf<D extends Device> = Bound<typeof commonStimuli> & Methods<D>
export type GasStimuli = Bound<typeof gasStimuli>

/** Names of the methods that a device has besides those of every device. */
function* ownMethods(device: Device): Generator<string> {
  for (let type: object = Object.getPrototypeOf(device); type !== Device.prototype; type = Object.getPrototypeOf(type))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type)))
      if (typeof value === 'function' && !(name in Device.prototype)) yield name
}

/** What can happen to a device, by name. */
export function stimuliOf(device: Device): Stimuli {
  const methods = [...ownMethods(device)].map((name): [string, Stimulus] => [
    name,
    (of, ...args) => (of as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>)[name]?.(...args),
  ])
  return { ...commonStimuli, ...(device.kind === 'gsme' && gasStimuli), ...Object.fromEntries(methods) }
}
