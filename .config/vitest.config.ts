import { existsSync, readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Tests run on the sources, so that a stale build can never hide a failure. */
const alias = Object.fromEntries(
  ['packages', 'devices']
    .flatMap((dir) => readdirSync(dir).map((name) => `${dir}/${name}`))
    .concat('bench')
    .filter((dir) => existsSync(`${dir}/src/index.ts`))
    .map((dir) => [
      `@smets2-sim/${dir.slice(dir.lastIndexOf('/') + 1)}`,
      new URL(`../${dir}/src/index.ts`, import.meta.url).pathname,
    ]),
)

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['{packages,devices}/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', '.config/*.test.js'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    root: new URL('..', import.meta.url).pathname,
  },
})
