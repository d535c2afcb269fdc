import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { eui64 } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { esme } from '@smets2-sim/esme'
import { anchorFromDer } from '@smets2-sim/firmware'
import { identityKeyStore, testSmki } from '@smets2-sim/parties'
import { ports } from './premises.js'

/** Octets of memory that one idle electricity meter takes, with its keys and the credentials of two parties. */
export function memoryPerMeter(count = 1000): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const smki = testSmki({ seed: 1 })
  const keys = identityKeyStore(native, smki.device(eui64('0253494d000000a0')))
  const supplier = smki.organisation('supplier', eui64('90b3d51f30010000'))
  const anchors = (['digitalSignature', 'keyAgreement'] as const).map((usage) => ({
    usage,
    anchor: anchorFromDer(supplier.certificates[usage]),
  }))
  const used = (): number => {
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const meters: unknown[] = new Array(count)
  const before = used()
  for (let i = 0; i < count; i++) {
    const meter = esme(eui64(`0253494d${i.toString(16).padStart(8, '0')}`), ports(native, keys))
    for (const { usage, anchor } of anchors) meter.anchors.set({ role: 'supplier', usage }, anchor)
    meters[i] = meter
  }
  const after = used()
  if (meters.length !== count) throw new Error('the meters are gone')
  return (after - before) / count
}
