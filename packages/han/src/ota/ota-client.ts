import type { Eui64 } from '@smets2-sim/bytes'
import { type BlockResult, otaStatus, otaUpgrade, type ImageId, MAX_IMAGE_OCTETS } from '@smets2-sim/zcl'
import { COORDINATOR } from '../frames/address.js'
import type { Node } from '../node.js'
import { after, type Cancel } from '../scheduler.js'
import type { Outgoing } from '../stack/zcl.js'
import { command, type Peer } from '../stack/zcl-handler.js'
import { Progress, type StateOf } from '../transitions.js'
import { downloadTable } from './download-table.js'

export interface OtaClientOptions {
  readonly node: Node
  readonly endpoint: number
  /** Who makes the device, what type its images are of, which one runs now. */
  readonly running: () => ImageId
  readonly hardwareVersion: number
  readonly hub: () => Eui64 | undefined
  /** A whole OTA Upgrade Image has come; whether it is one that the device can use. */
  readonly verify: (image: Uint8Array) => boolean
}

interface Download extends ImageId {
  readonly bytes: Uint8Array
  offset: number
}
const { toServer, toClient } = otaUpgrade
/** Data of one block: a response fits in one frame. Our decision. */
export const BLOCK_OCTETS = 46
const HARDWARE_VERSION_PRESENT = 1
const ATTEMPTS = 3
/** After an interruption a listening device goes on by itself, first soon, then less often; a sleeper at its next wake. Our decision. */
const RESUME_S = { first: 60, most: 3600 }

/** Fetches firmware images from the hub, block by block, and goes on where it was interrupted. facts 10.9.3. */
export class OtaClient {
  readonly progress = new Progress(downloadTable, 'idle')
  #download: Download | undefined
  #serverEndpoint: number | undefined
  #interruptions = 0
  #cancel: Cancel = () => undefined
  #rest: () => void = () => undefined

  constructor(readonly options: OtaClientOptions) {
    options.node.zcl.serve(options.endpoint, otaUpgrade.id, 'client', {
      command: ({ name }) => {
        if (name === 'imageNotify') this.query()
        return undefined
      },
    })
  }

  get state(): StateOf<typeof downloadTable> {
    return this.progress.state
  }
  /** Octets that have come, of how many. */
  get received(): { readonly octets: number; readonly of: number } {
    return { octets: this.#download?.offset ?? 0, of: this.#download?.bytes.length ?? 0 }
  }

  /** Asks the hub whether there is an image, and goes on with one that was begun. */
  query(): void {
    if (!this.progress.fire('asked')) return
    this.#cancel()
    this.#rest()
    this.#rest = this.options.node.sleep.keepAwake()
    this.#discover((out) => {
      const fields = {
        fieldControl: HARDWARE_VERSION_PRESENT,
        ...versionOf(this.options.running()),
        hardwareVersion: this.options.hardwareVersion,
      }
      const { node } = this.options
      node.zcl.request(
        out,
        command(toServer.queryNextImageRequest, fields),
        toClient.queryNextImageResponse,
        (outcome) => {
          if (outcome.kind !== 'answered') return this.#stop('failed')
          const { status, image } = outcome.value
          if (status !== otaStatus.success || !image || image.imageSize > MAX_IMAGE_OCTETS) return this.#stop('nothing')
          this.#begin(image, image.imageSize)
          this.#interruptions = 0
          this.progress.fire('offered')
          this.#next(out, ATTEMPTS)
        },
      )
    })
  }

  #stop(event: 'failed' | 'nothing' | 'withdrawn'): void {
    this.progress.fire(event)
    if (event !== 'failed') this.#download = undefined
    this.#rest()
    if (this.state !== 'paused' || this.options.node.sleepy) return
    const seconds = Math.min(RESUME_S.first * 2 ** this.#interruptions++, RESUME_S.most)
    this.#cancel = after(this.options.node.scheduler, seconds * 1000, () => this.query())
  }

  #discover(found: (out: Outgoing) => void): void {
    const hub = this.options.hub()
    if (hub === undefined) return this.#stop('failed')
    const use = (endpoint: number): void => {
      const to: Peer = { eui64: hub, endpoint }
      found({ to, from: this.options.endpoint, cluster: otaUpgrade.id, as: 'client' })
    }
    if (this.#serverEndpoint !== undefined) return use(this.#serverEndpoint)
    this.options.node.zdo.match(COORDINATOR, otaUpgrade.id, 'server', ([endpoint]) => {
      if (endpoint === undefined) return this.#stop('failed')
      this.#serverEndpoint = endpoint
      use(endpoint)
    })
  }

  /** The same image goes on where it stopped; another begins anew. */
  #begin(image: ImageId, size: number): void {
    const begun = this.#download
    if (begun && sameImage(begun, image) && begun.bytes.length === size) return
    const { manufacturerCode, imageType, fileVersion } = image
    this.#download = { manufacturerCode, imageType, fileVersion, bytes: new Uint8Array(size), offset: 0 }
  }

  #next(out: Outgoing, attempts: number): void {
    const download = this.#download
    if (!download || this.state !== 'downloading') return
    if (download.offset >= download.bytes.length) return this.#complete(out, download)
    const { manufacturerCode, imageType, fileVersion, offset } = download
    const request = command(toServer.imageBlockRequest, {
      fieldControl: 0,
      manufacturerCode,
      imageType,
      fileVersion,
      fileOffset: offset,
      maximumDataSize: BLOCK_OCTETS,
    })
    this.options.node.zcl.request(out, request, toClient.imageBlockResponse, (outcome) => {
      if (outcome.kind === 'answered') return this.#took(out, download, outcome.value.result)
      if (attempts > 1) this.#next(out, attempts - 1)
      else this.#stop('failed')
    })
  }

  #took(out: Outgoing, download: Download, { status, block, wait }: BlockResult): void {
    if (status === otaStatus.waitForData && wait) {
      const seconds = Math.max(1, wait.requestTime - wait.currentTime)
      this.#cancel = after(this.options.node.scheduler, seconds * 1000, () => this.#next(out, ATTEMPTS))
      return
    }
    const fits =
      block &&
      sameImage(block, download) &&
      block.fileOffset === download.offset &&
      block.data.length > 0 &&
      block.fileOffset + block.data.length <= download.bytes.length
    if (!fits) return this.#stop('withdrawn')
    download.bytes.set(block.data, download.offset)
    download.offset += block.data.length
    this.#next(out, ATTEMPTS)
  }

  #complete(out: Outgoing, download: Download): void {
    this.progress.fire('complete')
    this.#download = undefined
    const good = this.options.verify(download.bytes)
    const { manufacturerCode, imageType, fileVersion } = download
    const status = good ? otaStatus.success : otaStatus.invalidImage
    const ended = command(toServer.upgradeEndRequest, { status, manufacturerCode, imageType, fileVersion })
    const tell = (attempts: number): void => {
      const { node } = this.options
      node.zcl.request(
        out,
        ended,
        toClient.upgradeEndResponse,
        (outcome) => {
          if (outcome.kind === 'failed' && attempts > 1) return tell(attempts - 1)
          this.progress.fire(good ? 'accepted' : 'refused')
          this.#rest()
        },
        ENDS_WITH_STATUS,
      )
    }
    tell(ATTEMPTS)
  }
}

const ENDS_WITH_STATUS = { defaultEnds: true } as const
const versionOf = ({ manufacturerCode, imageType, fileVersion }: ImageId) => ({
  manufacturerCode,
  imageType,
  currentFileVersion: fileVersion,
})
const sameImage = (a: ImageId, b: ImageId): boolean =>
  a.manufacturerCode === b.manufacturerCode && a.imageType === b.imageType && a.fileVersion === b.fileVersion
