import { readFile, writeFile } from 'node:fs/promises'
import { coverageRows, coverageTable, referenceCounts, testFiles, withTable } from '@smets2-sim/conformance'
import { allUseCases } from '@smets2-sim/gbcs'
import type { Command } from 'commander'
import type { Io } from '../io.js'

interface Options {
  readonly rtds?: string
  readonly root: string
  readonly json?: true
  readonly write?: string
}

/** `smets2 coverage`: every use case, and what holds it, as a Markdown table. */
export const addCoverage = (program: Command, io: Io): Command =>
  program
    .command('coverage')
    .description('list every use case with its devices, roles, reference exchanges and tests')
    .option('--rtds <dir>', 'folder of reference messages, to count exchanges that are identical')
    .option('--root <dir>', 'root of the repository, to look for tests', '.')
    .option('--json', 'print the rows as JSON')
    .option('--write <file>', 'put the table between the markers of a page instead')
    .action(async ({ rtds, root, json, write }: Options) => {
      const rows = coverageRows(allUseCases(), rtds === undefined ? new Map() : referenceCounts(rtds), testFiles(root))
      const table = coverageTable(rows)
      if (write !== undefined) await writeFile(write, withTable(await readFile(write, 'utf8'), table))
      else io.out(json ? `${JSON.stringify(rows, undefined, 2)}\n` : `${table}\n`)
    })
