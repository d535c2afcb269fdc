import { fromHex, GbcsError } from '@smets2-sim/bytes'

const gfiLine = /^GBCS:DATA#\d+:(\d+):([0-9a-fA-F]*)$/
const hexText = /^[0-9a-fA-F\s]*$/
const base64Text = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * Octets of a message as people write it: hexadecimal digits with or without space, base64, or a GFI line
 * `GBCS:DATA#0:<octets>:<HEX>`. A text that could be both hexadecimal and base64 is hexadecimal.
 * @throws GbcsError when it is none of them, or the GFI line announces another length
 */
export function parseMessageText(text: string): Uint8Array {
  const trimmed = text.trim()
  if (trimmed === '')
    throw new GbcsError('truncated', 'found no message, expected hexadecimal digits, base64 or a GFI line')
  const gfi = gfiLine.exec(trimmed)
  if (gfi) return parseGfi(Number(gfi[1]), gfi[2] as string)
  if (hexText.test(trimmed)) return fromHex(trimmed)
  const packed = trimmed.replace(/\s+/g, '')
  if (base64Text.test(packed)) return fromBase64(packed)
  throw new GbcsError(
    'invalidValue',
    `${JSON.stringify(excerpt(trimmed))} is neither hexadecimal digits, base64 nor a GFI line`,
  )
}

function parseGfi(announced: number, digits: string): Uint8Array {
  const bytes = fromHex(digits)
  if (bytes.length !== announced)
    throw new GbcsError('invalidLength', `the GFI line announces ${announced} octets, found ${bytes.length}`)
  return bytes
}

const excerpt = (text: string): string => (text.length > 32 ? `${text.slice(0, 32)}...` : text)
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
