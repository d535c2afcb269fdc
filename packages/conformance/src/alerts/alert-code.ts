import { GbcsError } from '@smets2-sim/bytes'
import { decodeDataNotification } from '@smets2-sim/cosem'
import { asn1Payloads, type DecodedMessage, decodeAsn1, decodeGbzAlert } from '@smets2-sim/gbcs'

/** The alert code in the payload of an alert, whatever carries it; undefined for a payload that has none. */
export function alertCodeOf({ content, otherInformation: { messageCode } }: DecodedMessage): number | undefined {
  try {
    const type = asn1Payloads.get(messageCode)?.alert
    if (type) return (decodeAsn1(type, content).value as { alertCode: number }).alertCode
    if (content[0] !== 0x0f) return decodeGbzAlert(content).alertCode
    const { body } = decodeDataNotification(content)
    const code = body.type === 'structure' ? body.items[0] : undefined
    return code?.type === 'longUnsigned' ? code.value : undefined
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
