import { type deviceManagement, metering } from '@smets2-sim/zcl'
import { type Item, item } from '../state/item-store.js'
import { attributeItem } from './attributes.js'
import { type FieldsOf, refuseUnless } from './fields.js'
import type { ClusterServer, CommandRow } from './profile.js'

type Published = (typeof deviceManagement)['toClient']
const empty = new Uint8Array(0)

/** Name and contact details of the supplier, as the consumer is shown them. */
export const supplierContact: Item<{ readonly name: Uint8Array; readonly details: Uint8Array }> = item(
  'supplier.contact',
  { name: empty, details: empty },
)
/** Customer identification number: 4 octets that the consumer can compare. */
export const customerIdentification: Item<Uint8Array> = item('consumer.identificationNumber', empty)
/** Privacy PIN of the consumer menu; empty while it is not protected. */
export const privacyPin: Item<Uint8Array> = item('consumer.privacyPin', empty)
const startTime =
  (name: string): NonNullable<CommandRow['startTime']> =>
  (fields) =>
    fields[name] as number
/** Password type: access to the consumer menu. gbz_commands.json, GCS11. */
const CONSUMER_MENU = 2
const CIN_OCTETS = 4

/** Contact details (GCS44). */
const changeOfSupplier: CommandRow = {
  startTime: startTime('providerChangeImplementationTime'),
  handle({ device }, fields) {
    const { proposedProviderName: name, proposedProviderContactDetails: details } = fields as FieldsOf<
      Published['publishChangeOfSupplier']
    >
    device.items.write(supplierContact, { name, details })
  },
}

/** Privacy PIN (GCS11), supply point (GCS41), CIN (GCS36). */
export const deviceManagementWrites: ClusterServer = {
  commands: {
    'deviceManagement.publishChangeOfSupplier': changeOfSupplier,
    'deviceManagement.requestNewPasswordResponse': {
      startTime: startTime('implementationDateTime'),
      handle({ device }, { passwordType, password }) {
        refuseUnless(passwordType === CONSUMER_MENU, `password type ${passwordType}`)
        device.items.write(privacyPin, password)
      },
    },
    'deviceManagement.updateSiteID': {
      startTime: startTime('siteIDTime'),
      handle: ({ device }, { siteID }) => device.items.write(attributeItem(metering, 'siteID'), siteID),
    },
    'deviceManagement.updateCin': {
      startTime: startTime('cinTime'),
      handle({ device }, { customerIDNumber }) {
        refuseUnless(customerIDNumber.length === CIN_OCTETS, `a CIN of ${customerIDNumber.length} octets`)
        device.items.write(customerIdentification, customerIDNumber)
      },
    },
  },
}

/** What a proxy takes over of what its meter was told. */
export const deviceManagementLearns: ClusterServer = {
  learns: {
    'deviceManagement.publishChangeOfSupplier': (context, fields) => void changeOfSupplier.handle(context, fields),
  },
}
