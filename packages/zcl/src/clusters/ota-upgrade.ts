import { GbcsError } from '@smets2-sim/bytes'
import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { atEnd, enum8, type Field, group, octetString, uint8, uint16, uint32, utcTime } from '../fields.js'

/** What names an image: all three together. */
const imageId = { manufacturerCode: uint16, imageType: uint16, fileVersion: uint32 } as const
const image = group(imageId)
const sizedImage = group({ ...imageId, imageSize: uint32 })
const block = group({ ...imageId, fileOffset: uint32, data: octetString })
const wait = group({ currentTime: utcTime, requestTime: utcTime, minimumBlockPeriod: uint16 })

/** Statuses of the OTA cluster, besides success. */
export const otaStatus = { success: 0x00, abort: 0x95, invalidImage: 0x96, waitForData: 0x97, noImage: 0x98 } as const

/** An image block, or the time to ask for it again, or nothing after a refusal. */
export interface BlockResult {
  readonly status: number
  readonly block?: typeof block extends Field<infer T> ? T : never
  readonly wait?: typeof wait extends Field<infer T> ? T : never
}
const blockResult: Field<BlockResult> = {
  name: 'image block',
  read(reader) {
    const status = reader.u8('status')
    if (status === otaStatus.success) return { status, block: block.read(reader) }
    return status === otaStatus.waitForData ? { status, wait: wait.read(reader) } : { status }
  },
  write(writer, result) {
    if ((result.status === otaStatus.success) !== (result.block !== undefined))
      throw new GbcsError('misuse', 'a block goes with success, and only with it')
    if ((result.status === otaStatus.waitForData) !== (result.wait !== undefined))
      throw new GbcsError('misuse', 'a waiting time goes with the status that asks to wait, and only with it')
    writer.u8(result.status)
    if (result.block) block.write(writer, result.block)
    if (result.wait) wait.write(writer, result.wait)
  },
}

/** OTA Upgrade cluster: firmware images from the hub, block by block (facts 10.9). */
export const otaUpgrade = {
  id: 0x0019,
  name: 'OTA Upgrade',
  /** All of them are attributes of the client. */
  attributes: {
    upgradeServerId: { id: 0x0000, type: t.ieeeAddress },
    fileOffset: { id: 0x0001, type: t.uint32 },
    currentFileVersion: { id: 0x0002, type: t.uint32 },
    currentZigBeeStackVersion: { id: 0x0003, type: t.uint16 },
    downloadedFileVersion: { id: 0x0004, type: t.uint32 },
    downloadedZigBeeStackVersion: { id: 0x0005, type: t.uint16 },
    imageUpgradeStatus: { id: 0x0006, type: t.enum8 },
    manufacturerId: { id: 0x0007, type: t.uint16 },
    imageTypeId: { id: 0x0008, type: t.uint16 },
  },
  toServer: {
    queryNextImageRequest: {
      id: 0x01,
      fields: {
        fieldControl: uint8,
        manufacturerCode: uint16,
        imageType: uint16,
        currentFileVersion: uint32,
        hardwareVersion: atEnd(uint16),
      },
    },
    imageBlockRequest: {
      id: 0x03,
      fields: {
        fieldControl: uint8,
        ...imageId,
        fileOffset: uint32,
        maximumDataSize: uint8,
      },
    },
    upgradeEndRequest: {
      id: 0x06,
      fields: {
        status: enum8,
        ...imageId,
      },
    },
  },
  toClient: {
    imageNotify: {
      id: 0x00,
      fields: {
        payloadType: enum8,
        queryJitter: uint8,
        image: atEnd(image),
      },
    },
    queryNextImageResponse: {
      id: 0x02,
      fields: {
        status: enum8,
        image: atEnd(sizedImage),
      },
    },
    imageBlockResponse: {
      id: 0x05,
      fields: {
        result: blockResult,
      },
    },
    upgradeEndResponse: {
      id: 0x07,
      fields: {
        ...imageId,
        currentTime: utcTime,
        upgradeTime: utcTime,
      },
    },
  },
} as const satisfies Cluster
