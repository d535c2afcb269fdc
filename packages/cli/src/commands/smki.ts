import { type PartyRole, partyRoles, type SmkiSet, standardSet, writeSmki } from '@smets2-sim/parties'
import { type Command, InvalidArgumentError } from 'commander'
import { entityId, wholeNumber } from '../arguments.js'
import type { Io } from '../io.js'

const device = (text: string, before: SmkiSet['devices'] = []): SmkiSet['devices'] => [...before, entityId(text)]

function organisation(text: string, before: SmkiSet['organisations'] = []): SmkiSet['organisations'] {
  const [role = '', id = ''] = text.split('=')
  if (!partyRoles.includes(role as PartyRole))
    throw new InvalidArgumentError(`${JSON.stringify(role)} is none of ${partyRoles.join(', ')}.`)
  return [...before, { role: role as PartyRole, id: entityId(id) }]
}

/** `smets2 smki --seed N --out DIR`: the keys and certificates of a test SMKI as PEM files with an index. */
export const addSmki = (program: Command, io: Io): Command =>
  program
    .command('smki')
    .description('write the keys and certificates of a test SMKI as PEM files; the same seed gives the same files')
    .requiredOption('--seed <number>', 'seed of keys and serial numbers', wholeNumber)
    .requiredOption('--out <dir>', 'folder to write to')
    .option(
      '--organisation <role=eui64>',
      'an organisation instead of the standard ones; may be repeated',
      organisation,
    )
    .option('--device <eui64>', 'a device instead of the standard ones; may be repeated', device)
    .action(
      ({
        seed,
        out,
        ...own
      }: { seed: number; out: string } & { organisation?: SmkiSet['organisations']; device?: SmkiSet['devices'] }) => {
        const set: SmkiSet = {
          organisations: own.organisation ?? (own.device ? [] : standardSet.organisations),
          devices: own.device ?? (own.organisation ? [] : standardSet.devices),
        }
        const count = writeSmki(out, seed, set)
        io.out(`${count} files of seed ${seed} in ${out}\n`)
      },
    )
