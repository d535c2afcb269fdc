import { eui64, toLatin1, utf8 } from '@smets2-sim/bytes'
import { native, parsePrivateKeyInfo, privateKeyInfo } from '@smets2-sim/crypto'
import { upgradeImageOf } from '@smets2-sim/firmware'
import { frames } from '@smets2-sim/han'
import { parseHomeFile } from '@smets2-sim/home'
import {
  autoDecoder,
  decodeCbor,
  decodeStickFrame,
  decodeWishes,
  encodeCbor,
  encodeStickFrame,
  type Frame,
  type FrameDecoder,
  gfi,
  parseTarget,
  slip,
} from '@smets2-sim/serial'
import { decodeOtaImage, decodeUpgradeImage, encodeOtaImage, encodeUpgradeImage, type OtaImage } from '@smets2-sim/zcl'
import { type FuzzTarget, target } from './target.js'

const one = eui64('a0b0c0d0e0f00001')
const other = eui64('a0b0c0d0e0f00002')
const network = 0x1a2b

const image: OtaImage = {
  ...{ manufacturerCode: 0x1234, imageType: 1, fileVersion: 0x01020304 },
  ...{ minimumHardwareVersion: 0, maximumHardwareVersion: 0xffff },
  upgradeImage: encodeUpgradeImage({
    manufacturerImage: utf8('an image of its maker'),
    forceReplace: true,
    signature: new Uint8Array(64).fill(7),
  }),
}

const macs = (payload: Uint8Array): Uint8Array[] =>
  [
    { destination: { pan: network, address: 0 }, source: { pan: network, address: 1 }, intraPan: true },
    { destination: { pan: network, address: one }, source: { pan: network, address: other } },
    { destination: { pan: 0xffff, address: 0xffff } },
  ].map((ends) => frames.encodeMac({ type: 'data', sequence: 1, ...ends, payload }))

const trustCentreCommands: readonly frames.TrustCentreCommand[] = [
  { command: 'transportNetworkKey', key: new Uint8Array(16), keySequence: 0, destination: one, source: other },
  { command: 'updateDevice', device: one, shortAddress: 1, status: 1 },
  { command: 'removeDevice', device: one },
  { command: 'tunnel', destination: one, frame: Uint8Array.of(1, 2, 3) },
]
const NWK_SEEDS = ['0800', '0802', '0918', '0828', '080c']
const APS_SEEDS = ['00', '40', '02', '12', 'c0', '82', '08', '21', '60']
const headed = (heads: readonly string[]): Uint8Array[] =>
  heads.map((head) => Uint8Array.from([...Buffer.from(head, 'hex'), ...Array.from({ length: 40 }, (_, i) => i)]))

/** What the air carries. */
const airTargets: readonly FuzzTarget[] = [
  target('macFrame', macs(Uint8Array.of(1, 2, 3)), frames.decodeMac, frames.encodeMac),
  target(
    'macCommand',
    [
      frames.encodeMacCommand({ command: 'associationRequest', capability: 0x8e }),
      frames.encodeMacCommand({ command: 'associationResponse', shortAddress: 1, status: 0 }),
    ],
    frames.decodeMacCommand,
    frames.encodeMacCommand,
  ),
  target(
    'beacon',
    [frames.encodeBeacon({ associationPermit: true, panCoordinator: true, extendedPanId: one, depth: 0 })],
    frames.decodeBeacon,
    frames.encodeBeacon,
  ),
  target('nwkFrame', headed(NWK_SEEDS), frames.decodeNwk, frames.encodeNwk),
  target('apsFrame', headed(APS_SEEDS), frames.decodeAps, frames.encodeAps),
  target(
    'apsCommand',
    trustCentreCommands.map(frames.encodeTrustCentreCommand),
    frames.decodeTrustCentreCommand,
    frames.encodeTrustCentreCommand,
  ),
  target(
    'gasTransfer',
    [
      frames.encodeGasTransfer({ kind: 'get' }),
      frames.encodeGasTransfer({ kind: 'getResponse', remaining: 2, data: Uint8Array.of(1, 2) }),
      frames.encodeGasTransfer({ kind: 'put', data: Uint8Array.of(1, 2) }),
    ],
    frames.decodeGasTransfer,
    frames.encodeGasTransfer,
  ),
  target('otaImage', [encodeOtaImage(image)], decodeOtaImage, encodeOtaImage),
  target(
    'upgradeImage',
    [image.upgradeImage, upgradeImageOf(Uint8Array.of(1, 2, 3), new Uint8Array(64))],
    decodeUpgradeImage,
    encodeUpgradeImage,
  ),
]

/** Everything that a stream holds, to its end. */
const drain = (decoder: FrameDecoder, octets: Uint8Array): unknown => [...decoder.push(octets), ...decoder.end()]

function streamOf(messages: readonly Uint8Array[]): Frame[] {
  const hello = { version: 1, name: 'x', maxFrame: 300, types: [1, 2], devices: new Map([[one, 'ESME']]) }
  const report = { device: one, cluster: 0x0702, attributes: new Map<number, number | string>([[0, 7]]) }
  return [
    ...messages.map((message): Frame => ({ type: 'message', seq: 1, message })),
    { type: 'hello', seq: 2, hello },
    { type: 'report', seq: 3, report },
    { type: 'log', seq: 4, text: 'up' },
    { type: 'acknowledge', seq: 5, status: 'failed', text: 'no' },
  ]
}

/** What a line, a socket or a radio stick carries. */
function lineTargets(messages: readonly Uint8Array[]): readonly FuzzTarget[] {
  const stream = streamOf(messages)
  const [lines, packets] = [
    stream.filter(({ type }) => type === 'message' || type === 'acknowledge').map((frame) => gfi.encode(frame)),
    stream.map((frame) => slip.encode(frame)),
  ]
  const bodies = [
    encodeCbor(
      new Map<string, number | string>([
        ['a', 1],
        ['b', 'x'],
      ]),
    ),
  ]
  const stick = encodeStickFrame({ command: 0x0d, seq: 1, status: 0, body: Uint8Array.of(1, 2, 3) })
  return [
    target('gfi', lines, (octets) => drain(gfi.decoder(), octets)),
    target('slip', packets, (octets) => drain(slip.decoder(), octets)),
    target('auto', [...lines, ...packets], (octets) => drain(autoDecoder(), octets)),
    target('cbor', bodies, decodeCbor),
    target('stickFrame', [stick], decodeStickFrame, encodeStickFrame),
    target('reportingWishes', [Uint8Array.of(0, 0, 4, 0x25, 1, 0, 60, 0, 0, 0, 0, 0, 0, 0)], decodeWishes),
  ]
}

const HOME_FILE = 'seed: 7\nelectricity: { activeImportWh: 5 }\nwan: [tcp://127.0.0.1:0]\na: &a [1]\nb: *a\n'

/** Files and texts that people write. */
const textTargets: readonly FuzzTarget[] = [
  target('homeFile', [utf8(HOME_FILE)], (octets) => parseHomeFile(toLatin1(octets))),
  target('linkTarget', ['tcp://127.0.0.1:80', 'serial:/dev/ttyUSB0?baud=115200&framing=slip'].map(utf8), (octets) =>
    parseTarget(toLatin1(octets)),
  ),
  target(
    'privateKey',
    [privateKeyInfo(new Uint8Array(32).fill(7), native.publicKeyOf(new Uint8Array(32).fill(7)))],
    parsePrivateKeyInfo,
  ),
]

/** Decoders of all that carries messages, and of what describes keys and homes. */
export const carrierTargets = (messages: readonly Uint8Array[]): readonly FuzzTarget[] => [
  ...airTargets,
  ...lineTargets(messages.filter(({ length }) => length > 0).slice(0, 40)),
  ...textTargets,
]
