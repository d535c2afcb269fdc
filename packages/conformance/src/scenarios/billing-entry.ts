import { decodeDataNotification } from '@smets2-sim/cosem'
import type { CryptoProvider } from '@smets2-sim/crypto'
import {
  billingCalendarLog,
  decodeAlertComponents,
  decodeGbzAlert,
  decodeProtectedResponse,
  decodeProtectedValues,
  openSensitive,
} from '@smets2-sim/gbcs'
import type { Alert, RemoteParty } from '@smets2-sim/parties'
import { decodeFields, metering } from '@smets2-sim/zcl'

/** What an alert about the billing data log (8F0A) brings to a party: registers at a time. */
export interface RegisterReading {
  readonly time: number
  /** The total: watt hours, or litres. */
  readonly total: number
  /** All of it, to be compared. */
  readonly entry: string
}

/** Opens what a device sealed for a party in an alert. */
function open(
  crypto: CryptoProvider,
  party: RemoteParty,
  { from, message }: Alert,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const { keyAgreement } = party.context.inventory.device(from)
  const z = party.keys.agree({ id: from, usage: 'keyAgreement', publicKey: keyAgreement })
  return openSensitive(crypto, z, { device: from, recipient: party.id, counter: message.originatorCounter }, sealed)
}

/** The newest entry of the billing data log of an electricity meter (ECS68). */
export function billingEntryIn(crypto: CryptoProvider, party: RemoteParty, alert: Alert): RegisterReading | undefined {
  const { body } = decodeDataNotification(alert.message.content)
  const items = body.type === 'structure' ? body.items.slice(2) : []
  const { sealed } = decodeProtectedResponse({ type: 'structure', items })
  const plaintext = open(crypto, party, alert, sealed)
  const [log] = plaintext ? decodeProtectedValues(plaintext) : []
  const entry = log && billingCalendarLog.buffer.schema.decode(log)[0]
  return entry && { time: entry.time, total: entry.activeImportWh, entry: JSON.stringify(entry) }
}

const SUMMATION_OCTETS = 6
/** The newest entry of the billing data log of a gas meter (GCS53): a snapshot, whose registers begin with the total. */
export function gasBillingEntryIn(
  crypto: CryptoProvider,
  party: RemoteParty,
  alert: Alert,
): RegisterReading | undefined {
  const { content = new Uint8Array(0) } = decodeGbzAlert(alert.message.content)
  const [component] = decodeAlertComponents(content)
  const plaintext = component?.sealed && open(crypto, party, alert, component.sealed)
  if (!plaintext) return undefined
  const { snapshotTime, snapshotSubPayload, ...rest } = decodeFields(metering.toClient.publishSnapshot, plaintext)
  const total = snapshotSubPayload.subarray(0, SUMMATION_OCTETS).reduceRight((sum, octet) => sum * 256 + octet, 0)
  return {
    time: snapshotTime,
    total,
    entry: JSON.stringify({ ...rest, registers: Buffer.from(snapshotSubPayload).toString('hex') }),
  }
}
