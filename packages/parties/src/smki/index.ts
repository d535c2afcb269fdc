export {
  type CredentialUsage,
  type Identity,
  identityKeyStore,
  type PartyRole,
  partyRoles,
  topUpKeyStore,
  usagesOf,
} from './identity.js'
export { type Issuer, type IssuerName, type Issuers, type Validity } from './issuer.js'
export { type IdentityOptions, type TestSmki, testSmki, type TrustedCredential } from './test-smki.js'
export { standardSet, type SmkiSet } from './standard-set.js'
export { smkiFiles, writeSmki } from './write-smki.js'
