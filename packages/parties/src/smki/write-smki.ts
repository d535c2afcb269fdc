import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toHex } from '@smets2-sim/bytes'
import { native, privateKeyInfo, toPem } from '@smets2-sim/crypto'
import { type Identity, usagesOf } from './identity.js'
import { standardSet, type SmkiSet } from './standard-set.js'
import { type TestSmki, testSmki } from './test-smki.js'

/** Where a certificate and its private key are, from the folder of the index. */
interface Pair {
  readonly certificate: string
  readonly privateKey: string
}

/** Texts by file name: PEM of all authorities, organisations and devices of a set and of the contingency key, and `index.json` that lists them. */
export function smkiFiles(smki: TestSmki, set: SmkiSet = standardSet): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const pair = (name: string, certificate: Uint8Array, privateKey: Uint8Array): Pair => {
    const names = { certificate: `${name}.pem`, privateKey: `${name}.key.pem` }
    files.set(names.certificate, toPem('CERTIFICATE', certificate))
    files.set(names.privateKey, toPem('PRIVATE KEY', privateKeyInfo(privateKey, native.publicKeyOf(privateKey))))
    return names
  }
  const row = (dir: string, { id, role, keys, certificates }: Identity) => ({
    id,
    ...(role && { role }),
    ...Object.fromEntries(
      usagesOf(role).map((usage) => [
        usage,
        pair(`${dir}/${id}-${usage}`, certificates[usage] as Uint8Array, keys[usage] as Uint8Array),
      ]),
    ),
  })
  const { contingency } = smki
  const contingencyFile = 'contingency.key.pem'
  files.set(contingencyFile, toPem('PRIVATE KEY', privateKeyInfo(contingency.privateKey, contingency.publicKey)))
  const index = {
    seed: smki.seed,
    issuers: Object.values(smki.issuers).map(({ name, certificate, privateKey }) => ({
      name,
      ...pair(`issuers/${name}`, certificate, privateKey),
    })),
    contingency: { privateKey: contingencyFile, symmetricKey: toHex(contingency.symmetricKey) },
    organisations: set.organisations.map(({ role, id }) => row('organisations', smki.organisation(role, id))),
    devices: set.devices.map((id) => row('devices', smki.device(id))),
  }
  return files.set('index.json', `${JSON.stringify(index, null, 2)}\n`)
}

/** Writes the files of a seed below a folder, which is made when it is not there. Returns how many there are. */
export function writeSmki(dir: string, seed: number, set: SmkiSet = standardSet): number {
  const files = smkiFiles(testSmki({ seed }), set)
  for (const [name, text] of files) {
    const path = join(dir, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return files.size
}
