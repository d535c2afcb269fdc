import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { concat, eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { encodeGbz, encodeMessage } from '@smets2-sim/gbcs'
import { dataTypeId, decodeFrame, metering, prepayment, price, encodeOtaImage } from '@smets2-sim/zcl'
import { code, HUB, testHome } from './home.fixture.js'
import { deviceType } from './joining/device-type.js'
import { exportedPdu, linkType, pcapHeader, pcapRecord } from './pcap.js'
import { linkKeyOf } from './security/install-code.js'

const MINUTE = 60_000
const available = spawnSync('tshark', ['--version']).status === 0
if (!available) console.warn('tshark not found: captures are not dissected by it')

const dir = mkdtempSync(join(tmpdir(), 'han-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Fields of every frame of a capture, as tshark sees them. */
function dissect(capture: Uint8Array, keys: readonly Uint8Array[], fields: readonly string[], filter = ''): string[][] {
  const file = join(dir, 'run.pcap')
  writeFileSync(file, capture)
  const options = keys.flatMap((key) => ['-o', `uat:zigbee_pc_keys:"${toHex(key)}","Normal","link"`])
  const wanted = fields.flatMap((field) => ['-e', field])
  const filtered = filter ? ['-Y', filter] : []
  const out = execFileSync('tshark', ['-r', file, ...options, ...filtered, '-T', 'fields', ...wanted], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1e8,
  })
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'))
}

const supplier = eui64('90b3d51f30000002')
const command = (target: ReturnType<typeof eui64>, messageCode: number, content: Uint8Array): Uint8Array =>
  encodeMessage({
    kind: 'command',
    originatorCounter: 1000n,
    originator: supplier,
    target,
    otherInformation: { messageCode },
    content,
    mac: new Uint8Array(12),
  })

/** A home in which everything of the network happens once, captured. */
function run(encrypted: boolean) {
  const { time, air, hub, atHub, add } = testHome({ encrypted })
  const parts = [pcapHeader(linkType.ieee802154WithoutFcs)]
  const electricity = add(16, deviceType.esme, {
    firmware: {
      running: () => ({ manufacturerCode: 0x10e0, imageType: 1, fileVersion: 1 }),
      hardwareVersion: 1,
      verify: () => true,
    },
  })
  const gas = add(17, deviceType.gsme, {}, true)
  const display = add(18, deviceType.ihd)
  air.onFrame((bytes, at) => parts.push(pcapRecord(bytes, at)))
  time.until(() => [electricity, gas, display].every(({ device }) => device.state === 'joined'), 10 * MINUTE)
  time.advance(MINUTE)
  for (const cluster of [metering, price, prepayment]) {
    const rows = new Map(Object.values(cluster.attributes).map(({ id, type }) => [id, type] as const))
    electricity.device.serve(cluster.id, 'server', {
      read: (id) => {
        const type = rows.get(id)
        if (type === undefined) return undefined
        if (type === dataTypeId.octetString) return { type, value: new TextEncoder().encode('text') }
        return { type, value: type === dataTypeId.uint64 ? 7n : 7 }
      },
    })
    for (const id of rows.keys()) display.device.readAttributes(electricity.id, 1, cluster.id, [id], () => undefined)
    time.advance(MINUTE)
  }
  const read = decodeFrame(Uint8Array.of(0x00, 0x00, 0x00, 0x00, 0x00))
  const gbz = encodeGbz([{ clusterId: metering.id, last: true, frame: read }])
  hub.send(gas.id, command(gas.id, 0x0075, gbz))
  hub.send(electricity.id, command(electricity.id, 0x0027, new Uint8Array(40)))
  hub.send(electricity.id, command(electricity.id, 0x0019, new Uint8Array(3000)))
  electricity.device.send(command(supplier, 0x0027, new Uint8Array(30)))
  hub.offerImage(
    electricity.id,
    encodeOtaImage({
      manufacturerCode: 0x10e0,
      imageType: 1,
      fileVersion: 2,
      minimumHardwareVersion: 1,
      maximumHardwareVersion: 2,
      upgradeImage: new Uint8Array(200),
    }),
  )
  gas.device.wake()
  time.advance(5 * MINUTE)
  expect(gas.got).toHaveLength(1)
  expect(electricity.got).toHaveLength(2)
  expect(atHub).toHaveLength(1)
  hub.unregister(display.id)
  time.advance(1000)
  const keys = [16, 17, 18].map((n) => linkKeyOf(native, code(n)))
  return { capture: concat(...parts), keys }
}

describe.skipIf(!available)('a capture of the network, dissected by tshark', () => {
  it.each([false, true])('has nothing malformed and no expert complaint (encrypted: %s)', (encrypted) => {
    const { capture, keys } = run(encrypted)
    const rows = dissect(capture, keys, [
      'frame.number',
      'frame.protocols',
      '_ws.malformed',
      '_ws.expert.message',
      'zbee_aps.cmd.id',
    ])
    const keySent = Number(rows.find(([, , , , command]) => command === '0x05')?.[0])
    expect(keySent).toBeGreaterThan(1) // opened with the link key of an install code
    // before the first network key was sent, nobody can know it
    const complaints = rows.filter(
      ([number, , malformed, expert]) =>
        malformed || (expert && !(encrypted && expert === 'Encrypted Payload' && Number(number) < keySent)),
    )
    expect(complaints).toEqual([])
    const protocols = rows.map(([, stack]) => stack ?? '')
    const zcl = 'wpan:zbee_nwk:zbee_aps:zbee_zcl'
    for (const stack of [
      'wpan:zbee_beacon',
      'wpan:zbee_nwk:zbee_aps:zbee_zdp',
      `${zcl}:zbee_zcl_se.ke`,
      `${zcl}:zbee_zcl_se.met`,
      `${zcl}:zbee_zcl_general.ota`,
      `${zcl}:zbee_zcl_se.tun:gbcs_tunnel`,
      `${zcl}:zbee_zcl_se.tun:gbcs_tunnel:gbcs_message`,
      `${zcl}:zbee_zcl_se.tun:gbcs_tunnel:gbcs_message:gbcs_gbz:zbee_zcl`,
    ])
      expect(protocols).toContain(stack)
  })

  it('shows the values that were sent', () => {
    const { capture, keys } = run(false)
    const column = (filter: string, field: string): string[] =>
      dissect(capture, keys, [field], filter).flatMap(([value]) => (value ? [value] : []))
    expect(column('zbee_zcl_se.met.attr_id == 0x0400', 'zbee_zcl.attr.int24')).toEqual(['7'])
    expect(column('zbee_zcl_se.ke.cert.subject', 'zbee_zcl_se.ke.cert.subject')).toContain('90b3d51f30000010')
    expect(column('gbcs_tunnel', 'gbcs_tunnel.command')).toEqual(['0x01', '0x02'])
    expect(column('gbcs_tunnel', 'gbcs_message.grouping_header.message_code')).toContain('0x0075')
    expect(column('zbee_zdp', 'zbee_zdp.ext_addr')).toContain('90:b3:d5:1f:30:00:00:11')
  })

  it('names messages of the wide area network', () => {
    const capture = concat(
      pcapHeader(linkType.exportedPdu),
      pcapRecord(exportedPdu(command(HUB, 0x0027, new Uint8Array(8))), 1500),
    )
    const [row] = dissect(capture, [], ['frame.protocols', '_ws.malformed', 'frame.time_epoch'])
    expect(row).toEqual(['exported_pdu:gbcs_message', '', '946684801.500000000'])
  })
})

describe('a capture file', () => {
  it('has a head of 24 octets, and 16 before each frame', () => {
    expect(toHex(pcapHeader(linkType.ieee802154WithoutFcs))).toBe(
      'a1b2c3d4000200040000000000000000' + '00040000000000e6',
    )
    expect(toHex(pcapRecord(Uint8Array.of(1, 2), 1.5))).toBe('386d4380' + '000005dc' + '00000002' + '00000002' + '0102')
  })
})
