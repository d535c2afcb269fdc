import { existsSync, readdirSync } from 'node:fs'
import { defineConfig } from 'tsup'

/** Every workspace that has sources: built alike, each import of another package left as an import. */
const rooms = ['packages', 'devices']
  .flatMap((dir) => readdirSync(dir).map((name) => `${dir}/${name}`))
  .concat('bench')
  .filter((dir) => existsSync(`${dir}/src/index.ts`))

export default defineConfig(
  rooms.map((dir) => ({
    entry: [`${dir}/src/index.ts`, `${dir}/src/main.ts`, `${dir}/src/*-main.ts`].filter(
      (path) => path.includes('*') || existsSync(path),
    ),
    outDir: `${dir}/dist`,
    format: ['esm' as const],
    target: 'node20',
    platform: 'node' as const,
    external: [/^[^./]/],
    splitting: true,
    sourcemap: true,
    clean: true,
    dts: false,
    silent: true,
  })),
)
