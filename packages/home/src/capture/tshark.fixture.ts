import { execFileSync, spawnSync } from 'node:child_process'
import { decodeMessage } from '@smets2-sim/gbcs'

/** Whether there is a tshark to dissect captures. */
export const hasTshark = spawnSync('tshark', ['--version']).status === 0
if (!hasTshark) console.warn('tshark not found: captures are not dissected by it')

/** Fields of every frame of a capture file, as tshark sees them. */
export function dissect(
  path: string,
  fields: readonly string[],
  options: readonly string[] = [],
): Readonly<Record<string, string>>[] {
  const out = execFileSync(
    'tshark',
    ['-r', path, ...options, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 },
  )
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const values = line.split('\t')
      return Object.fromEntries(fields.map((field, i) => [field, values[i] ?? '']))
    })
}

/** Fields that say what is wrong with a frame. */
const complaintFields = ['_ws.malformed', '_ws.expert.message'] as const
/** What is wrong with which frame; nothing, if all is well. */
export const complaintsOf = (path: string, options: readonly string[] = []): string[] =>
  dissect(path, ['frame.number', 'frame.protocols', ...complaintFields], options).flatMap((row) =>
    complaintFields.some((field) => row[field] !== '') ? Object.values(row).join(' ') : [],
  )

const head = 'gbcs_message.grouping_header'
const headFields = ['message_code', 'business_originator_id', 'business_target_id', 'originator_counter'].map(
  (name) => `${head}.${name}`,
)
/** Message code, originator, target and counter, as our decoder sees them. */
export function wanValues(octets: Uint8Array): string[] {
  const { otherInformation, originator, target, originatorCounter } = decodeMessage(octets)
  const code = `0x${otherInformation.messageCode.toString(16).padStart(4, '0')}`
  return [code, originator, target, String(originatorCounter)]
}
/** What tshark says of messages in a capture: what is wrong, and the values of `wanValues`. */
export const dissectWan = (path: string, options: readonly string[] = []) => ({
  complaints: complaintsOf(path, options),
  values: dissect(path, headFields, options).map((row) => Object.values(row).map((value) => value.replaceAll(':', ''))),
})
