import type { Eui64 } from '@smets2-sim/bytes'
import { otaStatus, otaUpgrade, decodeOtaImage, type ImageId } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import { after } from '../scheduler.js'
import { command, type Peer, type ReceivedCommand, type Reply } from '../stack/zcl-handler.js'

export interface OtaServerOptions {
  readonly node: Node
  readonly endpoint: number
  readonly utcSeconds: () => number
  /** A device has taken an image: its status is success, or why it refused it. */
  readonly taken: (device: Eui64, image: ImageId, status: number) => void
}

interface Offer extends ImageId {
  readonly bytes: Uint8Array
}
const { toClient } = otaUpgrade
const ANY = { manufacturerCode: 0xffff, imageType: 0xffff, fileVersion: 0xffffffff }
/** Wait until an activation command comes. facts 10.9.3. */
const WAIT_FOR_ACTIVATION = 0xffffffff
const MANUFACTURER_TYPE_VERSION = 3
/** A device that was out of reach has not heard of its image: it is told every hour. Our decision. */
const REMINDER_MS = 3_600_000

/** The hub's store of firmware images, which devices fetch block by block. facts 10.9. */
export class OtaServer {
  readonly #offers = new Map<Eui64, Offer>()

  constructor(readonly options: OtaServerOptions) {
    options.node.zcl.serve(options.endpoint, otaUpgrade.id, 'server', {
      command: (received, from) => this.#handle(received, from),
    })
  }

  /**
   * Keeps an image for a device; a later one takes its place.
   * @throws GbcsError when it is no OTA Upgrade Image
   */
  offer(device: Eui64, image: Uint8Array): ImageId {
    const { manufacturerCode, imageType, fileVersion } = decodeOtaImage(image)
    this.#offers.set(device, { manufacturerCode, imageType, fileVersion, bytes: image.slice() })
    return { manufacturerCode, imageType, fileVersion }
  }
  withdraw(device: Eui64): void {
    this.#offers.delete(device)
  }
  hasOffer(device: Eui64): boolean {
    return this.#offers.has(device)
  }

  /** Tells a device that listens that there is an image for it, and again until it has taken that or another came. */
  notify(device: Peer, offer = this.#offers.get(device.eui64)): void {
    if (!offer || this.#offers.get(device.eui64) !== offer) return
    after(this.options.node.scheduler, REMINDER_MS, () => this.notify(device, offer))
    const { manufacturerCode, imageType, fileVersion } = offer
    const fields = {
      payloadType: MANUFACTURER_TYPE_VERSION,
      queryJitter: 100,
      image: { manufacturerCode, imageType, fileVersion },
    }
    const out = { to: device, from: this.options.endpoint, cluster: otaUpgrade.id, as: 'server' } as const
    this.options.node.zcl.send(out, command(toClient.imageNotify, fields))
  }

  #handle({ name, fields }: ReceivedCommand, from: Peer): Reply {
    const offer = this.#offers.get(from.eui64)
    const wanted =
      offer?.manufacturerCode === fields['manufacturerCode'] && offer?.imageType === fields['imageType']
        ? offer
        : undefined
    switch (name) {
      case 'queryNextImageRequest': {
        if (!wanted || wanted.fileVersion === fields['currentFileVersion'])
          return command(toClient.queryNextImageResponse, { status: otaStatus.noImage, image: undefined })
        const { manufacturerCode, imageType, fileVersion, bytes } = wanted
        const image = { manufacturerCode, imageType, fileVersion, imageSize: bytes.length }
        return command(toClient.queryNextImageResponse, { status: otaStatus.success, image })
      }
      case 'imageBlockRequest':
        return command(toClient.imageBlockResponse, {
          result:
            wanted && wanted.fileVersion === fields['fileVersion']
              ? block(wanted, fields)
              : { status: otaStatus.abort },
        })
      case 'upgradeEndRequest':
        return this.#ended(fields, from)
      default:
        return undefined
    }
  }

  #ended(fields: ReceivedCommand['fields'], from: Peer): Reply {
    const image = {
      manufacturerCode: fields['manufacturerCode'] as number,
      imageType: fields['imageType'] as number,
      fileVersion: fields['fileVersion'] as number,
    }
    const status = fields['status'] as number
    const offer = this.#offers.get(from.eui64)
    if (offer?.fileVersion === image.fileVersion) {
      this.#offers.delete(from.eui64)
      this.options.taken(from.eui64, image, status)
    }
    if (status !== otaStatus.success) return undefined
    const currentTime = this.options.utcSeconds()
    return command(toClient.upgradeEndResponse, { ...ANY, currentTime, upgradeTime: WAIT_FOR_ACTIVATION })
  }
}

function block(offer: Offer, fields: ReceivedCommand['fields']) {
  const fileOffset = fields['fileOffset'] as number
  const size = Math.max(1, fields['maximumDataSize'] as number)
  if (fileOffset >= offer.bytes.length) return { status: otaStatus.abort }
  const { manufacturerCode, imageType, fileVersion, bytes } = offer
  const data = bytes.subarray(fileOffset, fileOffset + size)
  return { status: otaStatus.success, block: { manufacturerCode, imageType, fileVersion, fileOffset, data } }
}
