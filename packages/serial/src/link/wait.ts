import type { Duplex } from 'node:stream'
import { LinkError, reasonOf } from './link-error.js'

/** A promise and its end, in one hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}
export function deferred<T = void>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = () => undefined
  let reject: Deferred<T>['reject'] = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** Settles after a time, or at once when the signal says so; the timer is gone either way. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}

/** Settles when the stream has let the octets go. @throws LinkError `lost` */
export function write(stream: Duplex, octets: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const lost = (cause?: unknown): void =>
      reject(
        new LinkError('lost', `the octets did not leave: ${cause ? reasonOf(cause) : 'the connection closed'}`, {
          cause,
        }),
      )
    const closed = (): void => lost()
    stream.once('close', closed)
    stream.write(octets, (error) => {
      stream.off('close', closed)
      if (error) lost(error)
      else resolve()
    })
  })
}
