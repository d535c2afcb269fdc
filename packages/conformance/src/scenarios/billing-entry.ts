import { decodeDataNotification } from '@smets2-sim/cosem'
import type { CryptoProvider } from '@smets2-sim/crypto'
import { billingCalendarLog, decodeProtectedResponse, decodeProtectedValues, openSensitive } from '@smets2-sim/gbcs'
import type { Alert, RemoteParty } from '@smets2-sim/parties'

type Entry = (typeof billingCalendarLog.buffer.schema)['initial'][number]

/** The newest entry of the billing data log, as the alert about it (8F0A) brought it to a party. */
export function billingEntryIn(
  crypto: CryptoProvider,
  party: RemoteParty,
  { from, message }: Alert,
): Entry | undefined {
  const { body } = decodeDataNotification(message.content)
  const items = body.type === 'structure' ? body.items.slice(2) : []
  const { sealed } = decodeProtectedResponse({ type: 'structure', items })
  const { keyAgreement } = party.context.inventory.device(from)
  const z = party.keys.agree({ id: from, usage: 'keyAgreement', publicKey: keyAgreement })
  const context = { device: from, recipient: party.id, counter: message.originatorCounter }
  const plaintext = openSensitive(crypto, z, context, sealed)
  const [log] = plaintext ? decodeProtectedValues(plaintext) : []
  return log && billingCalendarLog.buffer.schema.decode(log)[0]
}
