import type { Io } from './io.js'

/** An `Io` of tests: what is written is kept, what is read is given. */
export function testIo(
  inputs: { readonly stdin?: Uint8Array; readonly files?: Readonly<Record<string, Uint8Array>> } = {},
) {
  const written = { out: '', err: '' }
  const io: Io = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    stdin: () => Promise.resolve(inputs.stdin ?? new Uint8Array(0)),
    file(path) {
      const content = inputs.files?.[path]
      return content ? Promise.resolve(content) : Promise.reject(new Error('no such file'))
    },
    exitCode: 0,
  }
  return { io, written }
}
