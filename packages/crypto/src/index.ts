export { type CryptoProvider, equalConstantTime } from './provider.js'
export { native } from './native.js'
export { noble } from './noble.js'
export { type DerivationInfo, deriveKey, gmac } from './derivation.js'
export { type KeyStore, type KeyUsage, type Peer, randomScalar, softwareKeyStore } from './key-store.js'
export type { KeyVault } from './key-vault.js'
export { type Certificate, type CertificateKeyUsage, keyIdentifierOf, parseCertificate } from './certificate.js'
export { type SecretTable, type SharedSecret, tableKeyStore } from './secret-table.js'
export { type IssuerKey, type PathRefusal, type PathResult, validatePath } from './path.js'
export { buildCertificate, type CertificateContent } from './build-certificate.js'
export {
  buildCertificationRequest,
  type CertificationRequest,
  parseCertificationRequest,
} from './certification-request.js'
export { parsePrivateKeyInfo, privateKeyInfo, publicKeyInfo, readPublicKeyInfo } from './key-encoding.js'
export { fromPem, type PemLabel, toPem } from './pem.js'
