import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GbcsError, toHex } from '@smets2-sim/bytes'
import {
  type Cluster,
  clusters,
  dataTypes,
  decodeCommand,
  decodeFields,
  encodeFields,
  frameControl,
  keyEstablishment,
  metering,
  otaStatus,
  otaUpgrade,
  tunneling,
} from '../index.js'

const all = [...clusters.values()]
const commandsOf = (cluster: Cluster) =>
  [cluster.toServer, cluster.toClient].flatMap((table, fromServer) =>
    Object.entries(table).map(([name, definition]) => ({ cluster, name, definition, fromServer: fromServer === 1 })),
  )

describe('cluster tables', () => {
  it.each(all)('$name has one row for each identifier, of a type that can be read', (cluster) => {
    const rows = Object.values(cluster.attributes)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    for (const { type } of rows) expect(dataTypes.has(type)).toBe(true)
    for (const table of [cluster.toServer, cluster.toClient]) {
      const ids = Object.values(table).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it.each(all.flatMap(commandsOf))('$cluster.name $name reads back every payload it can read', (command) => {
    const { cluster, definition, fromServer } = command
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (payload) => {
        const frame = {
          frameControl: frameControl({ cluster: true, fromServer }),
          sequence: 1,
          commandId: definition.id,
          payload,
        }
        let fields
        try {
          fields = decodeCommand(cluster, frame).fields
        } catch (error) {
          expect(error).toBeInstanceOf(GbcsError)
          return
        }
        expect(toHex(encodeFields(definition, fields))).toBe(toHex(payload))
      }),
      { numRuns: 60 },
    )
  })
})

describe('commands of the home area network', () => {
  it('writes a tunnel request with its nine octets of parameters', () => {
    const payload = encodeFields(tunneling.toServer.requestTunnel, {
      protocolId: 6,
      manufacturerCode: 0xffff,
      flowControlSupport: 0,
      maximumIncomingTransferSize: 1500,
    })
    expect(toHex(payload)).toBe('06ffff00dc05')
  })

  it('carries as many notification flags as a scheme has', () => {
    const { fields } = metering.toServer.mirrorReportAttributeResponse
    const definition = { id: 9, fields }
    const payload = encodeFields(definition, { notificationScheme: 2, notificationFlags: [0x200000, 0, 0, 0x40, 0] })
    expect(payload.length).toBe(21)
    expect(decodeFields(definition, payload).notificationFlags[3]).toBe(0x40)
  })

  it('refuses a certificate or an ephemeral point of another length', () => {
    const { ephemeralDataRequest } = keyEstablishment.toServer
    expect(() => encodeFields(ephemeralDataRequest, { ephemeralData: new Uint8Array(36) })).toThrowError(/expected 37/)
    expect(() => decodeFields(ephemeralDataRequest, new Uint8Array(38))).toThrowError(GbcsError)
  })

  it('keeps the three forms of an image block apart', () => {
    const { imageBlockResponse } = otaUpgrade.toClient
    const wait = { currentTime: 1, requestTime: 2, minimumBlockPeriod: 0 }
    expect(toHex(encodeFields(imageBlockResponse, { result: { status: otaStatus.waitForData, wait } }))).toBe(
      '9701000000020000000000',
    )
    expect(decodeFields(imageBlockResponse, Uint8Array.of(0x95)).result).toEqual({ status: otaStatus.abort })
    expect(() => encodeFields(imageBlockResponse, { result: { status: 0 } })).toThrowError(/goes with success/)
    expect(() => encodeFields(imageBlockResponse, { result: { status: 0x95, wait } })).toThrowError(/asks to wait/)
  })
})
