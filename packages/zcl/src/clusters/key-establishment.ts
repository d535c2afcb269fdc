import type { Cluster } from '../cluster.js'
import { dataTypeId as t } from '../data-type.js'
import { bitmap16, enum8, fixed, uint8 } from '../fields.js'

/** Octets of the parts of cryptographic suite 2 (curve sect283k1). facts 10.14. */
export const suite2 = { suite: 2, certificateOctets: 74, ephemeralOctets: 37, macOctets: 16 } as const

const initiate = {
  id: 0x00,
  fields: {
    keyEstablishmentSuite: bitmap16,
    ephemeralDataGenerateTime: uint8,
    confirmKeyGenerateTime: uint8,
    identity: fixed(suite2.certificateOctets),
  },
} as const
const ephemeralData = { id: 0x01, fields: { ephemeralData: fixed(suite2.ephemeralOctets) } } as const
const confirmKey = { id: 0x02, fields: { messageAuthenticationCode: fixed(suite2.macOctets) } } as const
const terminate = { id: 0x03, fields: { statusCode: enum8, waitTime: uint8, keyEstablishmentSuite: bitmap16 } } as const

/** Key Establishment cluster with suite 2: a certificate-based agreement on a link key (facts 8, 10.14). */
export const keyEstablishment = {
  id: 0x0800,
  name: 'Key Establishment',
  attributes: {
    keyEstablishmentSuite: { id: 0x0000, type: t.enum16 },
  },
  toServer: {
    initiateKeyEstablishmentRequest: initiate,
    ephemeralDataRequest: ephemeralData,
    confirmKeyDataRequest: confirmKey,
    terminateKeyEstablishment: terminate,
  },
  toClient: {
    initiateKeyEstablishmentResponse: initiate,
    ephemeralDataResponse: ephemeralData,
    confirmKeyDataResponse: confirmKey,
    terminateKeyEstablishment: terminate,
  },
} as const satisfies Cluster
