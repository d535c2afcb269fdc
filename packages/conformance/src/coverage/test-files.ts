import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestFile } from './coverage.js'

const ROOMS = ['packages', 'devices']

/** All tests below the root of the repository. */
export function testFiles(root: string): TestFile[] {
  return ROOMS.filter((dir) => existsSync(join(root, dir))).flatMap((dir) =>
    readdirSync(join(root, dir)).flatMap((room) => testsBelow(root, join(dir, room, 'src'))),
  )
}
function testsBelow(root: string, folder: string): TestFile[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return testsBelow(root, path)
    return entry.name.endsWith('.test.ts') ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}
