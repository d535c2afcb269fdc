import { GbcsError } from '@smets2-sim/bytes'
import { type Device, raise, receiveUpgradeImage } from '@smets2-sim/firmware'
import { type AlertName, alerts } from '@smets2-sim/gbcs'

/** Something that happens to a device in the world around it. The argument is plain data, so that it can be recorded. */
export type Stimulus = (device: Device, argument: any) => void
export type Stimuli = Readonly<Record<string, Stimulus>>

/** What can happen to every device. */
export const commonStimuli = {
  /** Its clock runs off by so many seconds. */
  driftClock: (device, { seconds }: { seconds: number }) => device.clock.drift(seconds),
  /** Something for which there is an alert or event has happened: its row in the table says what follows. */
  event(device, { name }: { name: AlertName }) {
    if (!(name in alerts)) throw new GbcsError('misuse', `there is no alert ${name}`)
    raise(device, name)
  },
  /** An upgrade image has arrived over the home area network. */
  upgradeImage: (device, { image, version }: { image: Uint8Array; version: Uint8Array }) =>
    void receiveUpgradeImage(device, image, version),
} as const satisfies Stimuli

/** What can happen to a device: what can happen to all, and what its kind adds. */
const ofKind: Readonly<Record<string, Stimuli>> = {}
export const stimuliOf = (name: string): Stimuli => ({ ...commonStimuli, ...ofKind[name] })
