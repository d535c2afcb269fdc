import { octets, octetText } from '@smets2-sim/cosem'
import { attribute, cosemObject } from './object.js'

// Identity, contact details and messages (facts/cosem_objects.json, section 5).

/** Class 1, Data. SMETS: CustomerIdentificationNumber. */
export const customerIdentificationNumber = cosemObject('customerIdentificationNumber', 1, '0-3:96.13.1.255', {
  value: attribute(2, octets(4)),
})

/** Class 1, Data. SMETS: . */
export const deviceIdentifier = cosemObject('deviceIdentifier', 1, '0-0:96.1.1.255', {
  value: attribute(2, octets(8)),
})

/** Class 1, Data. SMETS: MeterPointAdministrationNumber(ExportMPAN). */
export const exportMpan = cosemObject('exportMpan', 1, '1-0:0.0.2.255', {
  value: attribute(2, octetText(13)),
})

/** Class 1, Data. SMETS: FirmwareVersion. */
export const firmwareVersion = cosemObject('firmwareVersion', 1, '0-0:0.2.1.255', {
  value: attribute(2, octets(4)),
})

/** Class 1, Data. SMETS: ManufacturerIdentifier. */
export const manufacturerIdentifier = cosemObject('manufacturerIdentifier', 1, '0-0:96.1.6.255', {
  value: attribute(2, octets({ min: 3, max: 4 })),
})

/** Class 1, Data. SMETS: MeterVariant. */
export const meterVariant = cosemObject('meterVariant', 1, '0-0:96.1.2.255', {
  value: attribute(2, octets(1)),
})

/** Class 1, Data. SMETS: ModelType(SmartMeter). */
export const modelType = cosemObject('modelType', 1, '0-0:96.1.4.255', {
  value: attribute(2, octets(8)),
})

/** Class 1, Data. SMETS: MeterPointAdministrationNumber(combinedMPANS). */
export const mpan = cosemObject('mpan', 1, '0-0:94.44.34.11', {
  value: attribute(2, octetText(26)),
})

/** Class 1, Data. SMETS: DisablePrivacyPinProtection. */
export const privacyPin = cosemObject('privacyPin', 1, '0-0:94.44.3.1', {
  value: attribute(2, octets(0)),
})

/** Class 1, Data. SMETS: restrictDataDateTime. */
export const restrictDataDateTime = cosemObject('restrictDataDateTime', 1, '0-0:94.44.3.2', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: SupplierMessage. */
export const supplierMessage = cosemObject('supplierMessage', 1, '0-2:96.13.1.255', {
  value: attribute(2, octetText(116)),
})

/** Class 9000, GBCS Extended data. SMETS: ContactDetails. */
export const supplierName = cosemObject('supplierName', 9000, '0-0:96.13.1.255', {
  valueActive: attribute(2, octetText(15)),
})

/** Class 9000, GBCS Extended data. SMETS: ContactDetails. */
export const supplierTelephoneNumber = cosemObject('supplierTelephoneNumber', 9000, '0-0:96.13.0.255', {
  valueActive: attribute(2, octetText(18)),
})
