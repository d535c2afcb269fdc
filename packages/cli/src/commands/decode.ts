import { toLatin1 } from '@smets2-sim/bytes'
import { explainMessage, parseMessageText } from '@smets2-sim/gbcs'
import type { Command } from 'commander'
import { contentOf, type Io } from '../io.js'

/** `smets2 decode`: one GBCS message as JSON. */
export const addDecode = (program: Command, io: Io): Command =>
  program
    .command('decode')
    .description('describe one GBCS message as JSON')
    .argument('<message>', 'hexadecimal digits, base64 or a GFI line; @FILE reads a file, - standard input')
    .action(async (message: string) => {
      io.out(`${JSON.stringify(explainMessage(await messageOctets(message, io)), undefined, 2)}\n`)
    })

async function messageOctets(argument: string, io: Io): Promise<Uint8Array> {
  if (argument === '-') return octetsOf(await io.stdin())
  if (!argument.startsWith('@')) return parseMessageText(argument)
  return octetsOf(await contentOf(io, argument.slice(1)))
}

/** Content of a file: text as on the command line, or the octets of a message, which never start with a character. */
const octetsOf = (content: Uint8Array): Uint8Array =>
  (content[0] ?? 0) >= 0x80 ? content : parseMessageText(toLatin1(content))
