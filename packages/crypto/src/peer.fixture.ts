/**
 * Another reader of certificates, for comparison. It wants metadata reflection, of which it needs no more than this
 * to be loaded and used.
 */
const kept = new WeakMap<object, Map<unknown, unknown>>()
Object.assign(Reflect, {
  defineMetadata(key: unknown, value: unknown, target: object) {
    kept.set(target, (kept.get(target) ?? new Map()).set(key, value))
  },
  getMetadata: (key: unknown, target: object) => kept.get(target)?.get(key),
  getOwnMetadata: (key: unknown, target: object) => kept.get(target)?.get(key),
})
export const peer = await import('@peculiar/x509')
