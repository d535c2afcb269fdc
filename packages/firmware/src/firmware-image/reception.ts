import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import { decodeOtaImage, MAX_IMAGE_OCTETS, type OtaImage } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { activateByItself } from './activate.js'
import { firmwareImage, firmwareVersion, receiveUpgradeImage } from './image.js'
import { mayHappen, transfer } from './image-state.js'
import { firmwareVersionOf } from './ota-image.js'
import {
  blockArrived,
  imageOctets,
  type ImageOffer,
  isComplete,
  nextBlock,
  offered,
  type Transfer,
} from './transfer.js'

/** Which images are for a device: as the header of an image names them. */
export interface ImageIdentity {
  readonly manufacturerCode: number
  readonly imageType: number
  readonly hardwareVersion: number
}
export const imageIdentity: Item<ImageIdentity> = item('firmware.identity', {
  manufacturerCode: 0x1001,
  imageType: 0x0000,
  hardwareVersion: 1,
})

/** How a transfer stands: what to ask for next, or how it ended. */
export type Reception =
  | { readonly kind: 'next'; readonly offset: number; readonly length: number }
  | { readonly kind: 'notWanted' | 'wrongHardware' | 'refused' | 'held' | 'activated' }

/** Octets that a device asks for at a time. */
export const BLOCK_OCTETS = 64

/** The hub has an image to offer. A device takes those of its maker and type, and goes on where it stopped. */
export function imageOffered(device: Device, offer: ImageOffer): Reception {
  const { manufacturerCode, imageType } = device.items.read(imageIdentity)
  const fits = offer.manufacturerCode === manufacturerCode && offer.imageType === imageType
  if (!fits || offer.size > MAX_IMAGE_OCTETS || isHeld(device, offer) || !mayHappen(device, 'offered'))
    return { kind: 'notWanted' }
  const begun = offered(device.items.read(transfer), offer)
  device.items.write(transfer, begun)
  device.items.reset(firmwareImage)
  return asks(begun)
}
const isHeld = ({ items }: Device, { fileVersion }: ImageOffer): boolean => {
  const version = firmwareVersionOf(fileVersion)
  const held = items.read(firmwareImage)?.firmwareVersion
  return equalBytes(version, items.read(firmwareVersion)) || (held !== undefined && equalBytes(version, held))
}
const asks = (one: Transfer): Reception => ({ kind: 'next', ...nextBlock(one, BLOCK_OCTETS) })

/** What a device that was switched off in the middle asks for; undefined when nothing is underway. */
export function resumeReception({ items }: Device): Reception | undefined {
  const underway = items.read(transfer)
  return underway && asks(underway)
}

/** A block has come. With the last one the image is verified, and told of. */
export function imageBlock(device: Device, offset: number, octets: Uint8Array): Reception {
  const underway = device.items.read(transfer)
  if (!underway || !mayHappen(device, 'blockArrived')) return { kind: 'notWanted' }
  const next = blockArrived(underway, offset, octets)
  if (!isComplete(next)) {
    device.items.write(transfer, next)
    return asks(next)
  }
  device.items.reset(transfer)
  return verified(device, imageOctets(next))
}

/** The hub has withdrawn the image. */
export function receptionAborted(device: Device): void {
  if (mayHappen(device, 'withdrawn')) device.items.reset(transfer)
}

function verified(device: Device, octets: Uint8Array): Reception {
  const image = tryDecode(octets)
  if (!image) return refused(device, octets)
  const { hardwareVersion } = device.items.read(imageIdentity)
  if (hardwareVersion < image.minimumHardwareVersion || hardwareVersion > image.maximumHardwareVersion)
    return { kind: 'wrongHardware' }
  if (!receiveUpgradeImage(device, image.upgradeImage, firmwareVersionOf(image.fileVersion))) return { kind: 'refused' }
  if (device.kind !== 'ppmid') return { kind: 'held' }
  activateByItself(device)
  return { kind: 'activated' }
}
/** Octets without a header are verified as they are, so that the alert says what came. */
function refused(device: Device, octets: Uint8Array): Reception {
  receiveUpgradeImage(device, octets, new Uint8Array(4))
  device.items.reset(firmwareImage)
  return { kind: 'refused' }
}
function tryDecode(octets: Uint8Array): OtaImage | undefined {
  try {
    return decodeOtaImage(octets)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
