import { type Eui64, GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { readEui, writeEui } from './address.js'

/** Commands of the application support layer that the trust centre and joining nodes use. */
export type TrustCentreCommand =
  | {
      readonly command: 'transportNetworkKey'
      readonly key: Uint8Array
      readonly keySequence: number
      readonly destination: Eui64
      readonly source: Eui64
    }
  | {
      readonly command: 'updateDevice'
      readonly device: Eui64
      readonly shortAddress: number
      /** 1 unsecured join, 2 left. */
      readonly status: number
    }
  | { readonly command: 'removeDevice'; readonly device: Eui64 }
  | { readonly command: 'tunnel'; readonly destination: Eui64; readonly frame: Uint8Array }

const NETWORK_KEY = 1

export function decodeTrustCentreCommand(payload: Uint8Array): TrustCentreCommand {
  const reader = new Reader(payload)
  const command = readCommand(reader)
  reader.end('the APS command')
  return command
}

function readCommand(reader: Reader): TrustCentreCommand {
  const id = reader.u8('APS command')
  switch (id) {
    case 0x05:
      reader.expect(NETWORK_KEY, 'key type')
      return {
        command: 'transportNetworkKey',
        key: reader.take(16, 'network key'),
        keySequence: reader.u8('key sequence'),
        destination: readEui(reader),
        source: readEui(reader),
      }
    case 0x06:
      return {
        command: 'updateDevice',
        device: readEui(reader),
        shortAddress: reader.uintLe(2, 'short address'),
        status: reader.u8('device status'),
      }
    case 0x07:
      return { command: 'removeDevice', device: readEui(reader) }
    case 0x0e:
      return { command: 'tunnel', destination: readEui(reader), frame: reader.rest() }
    default:
      throw new GbcsError('unsupported', `APS command ${id}, expected 5, 6, 7 or 14`, 0)
  }
}

export function encodeTrustCentreCommand(command: TrustCentreCommand): Uint8Array {
  const writer = new Writer(48)
  switch (command.command) {
    case 'transportNetworkKey':
      if (command.key.length !== 16) throw new GbcsError('invalidLength', 'a network key has 16 octets')
      writer.u8(0x05).u8(NETWORK_KEY).bytes(command.key).u8(command.keySequence)
      writeEui(writer, command.destination)
      writeEui(writer, command.source)
      return writer.done()
    case 'updateDevice':
      writeEui(writer.u8(0x06), command.device)
      return writer.uintLe(2, command.shortAddress).u8(command.status).done()
    case 'removeDevice':
      writeEui(writer.u8(0x07), command.device)
      return writer.done()
    case 'tunnel':
      writeEui(writer.u8(0x0e), command.destination)
      return writer.bytes(command.frame).done()
  }
}
