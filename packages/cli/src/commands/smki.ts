import { eui64, GbcsError } from '@smets2-sim/bytes'
import { type PartyRole, partyRoles, type SmkiSet, standardSet, writeSmki } from '@smets2-sim/parties'
import { Command, InvalidArgumentError } from 'commander'

function seedOf(text: string): number {
  const seed = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) throw new InvalidArgumentError('expected a whole number.')
  return seed
}

function idOf(text: string): SmkiSet['devices'][number] {
  try {
    return eui64(text)
  } catch (error) {
    throw error instanceof GbcsError ? new InvalidArgumentError(`${error.message}.`) : error
  }
}

const device = (text: string, before: SmkiSet['devices'] = []): SmkiSet['devices'] => [...before, idOf(text)]

function organisation(text: string, before: SmkiSet['organisations'] = []): SmkiSet['organisations'] {
  const [role = '', id = ''] = text.split('=')
  if (!partyRoles.includes(role as PartyRole))
    throw new InvalidArgumentError(`${JSON.stringify(role)} is none of ${partyRoles.join(', ')}.`)
  return [...before, { role: role as PartyRole, id: idOf(id) }]
}

/** `smets2 smki --seed N --out DIR`: the keys and certificates of a test SMKI as PEM files with an index. */
export const smkiCommand = (): Command =>
  new Command('smki')
    .description('write the keys and certificates of a test SMKI as PEM files; the same seed gives the same files')
    .requiredOption('--seed <number>', 'seed of keys and serial numbers', seedOf)
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
        process.stdout.write(`${count} files of seed ${seed} in ${out}\n`)
      },
    )
