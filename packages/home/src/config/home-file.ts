import { fromIso } from '@smets2-sim/cosem'
import { GbcsError } from '@smets2-sim/bytes'
import { parseTarget, type Target } from '@smets2-sim/serial'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { deviceNames } from './ids.js'

const wh = z.int().min(0).max(0xffffffff)
const electricity = z.strictObject({
  activeImportWh: wh.optional(),
  activeExportWh: wh.optional(),
  reactiveImportVarh: wh.optional(),
  reactiveExportVarh: wh.optional(),
})
const gas = z.strictObject({
  consumptionL: z
    .int()
    .min(0)
    .max(2 ** 48 - 1)
    .optional(),
  valve: z.boolean().optional(),
  band: z.enum(['2.4GHz', 'subGHz']).optional(),
})
/** A part that is there with nothing to say about it. */
const present = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? {}, schema).optional()

const target = z.string().transform((text, context): Target => orIssue(context, () => parseTarget(text)))
const start = z
  .union([z.literal('now'), z.string()])
  .transform((text, context) => (text === 'now' ? ('now' as const) : orIssue(context, () => fromIso(text))))

/** A text that a parser of ours refuses is an issue with its reason. */
function orIssue<T>(context: { addIssue(issue: string): void }, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    context.addIssue(error.message)
    return z.NEVER
  }
}

const schema = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  time: z
    .strictObject({
      start: start.default('now'),
      speed: z.number().positive().max(100_000).default(1),
    })
    .prefault({}),
  commission: z.boolean().default(true),
  electricity: present(electricity),
  gas: present(gas),
  ppmid: z.boolean().default(false),
  ihd: z.boolean().default(false),
  hcalcs: z.boolean().default(false),
  network: z.enum(['direct', 'han']).default('direct'),
  gasWakeS: z.int().min(1).max(86_400).optional(),
  latency: z
    .strictObject({ wanMs: z.int().min(0).max(600_000).optional(), hanMs: z.int().min(0).max(600_000).optional() })
    .prefault({}),
  wan: z.array(target).min(1),
  /** How often an end that speaks `slip` is told what the meters show, in real seconds. */
  reportS: z.number().min(0.1).max(86_400).default(10),
  external: z.partialRecord(z.enum(deviceNames), target).default({}),
  radio: target.optional(),
  mqtt: z
    .strictObject({
      url: z.string(),
      mac: z.string().optional(),
      everyS: z.number().min(1).max(86_400).default(10),
      username: z.string().optional(),
      password: z.string().optional(),
    })
    .optional(),
  state: z.string().min(1).optional(),
})

/** A served home, as a file describes it: see fixtures/homes. */
export type HomeFile = z.infer<typeof schema>

/** What is wrong with a file, each with its line. */
export class HomeFileError extends GbcsError {
  constructor(name: string, problems: readonly { readonly line: number; readonly text: string }[]) {
    super('invalidValue', problems.map(({ line, text }) => `${name}:${line}: ${text}`).join('; '))
    this.name = 'HomeFileError'
  }
}

/** What a document says. Aliases that lead nowhere or multiply are no errors of its form: they show only here. */
function valueOf(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw new HomeFileError(name, [{ line: 1, text: error instanceof Error ? error.message : 'no value' }])
  }
}

/** Reads a home file. @throws HomeFileError that names line and reason of everything that is wrong */
export function parseHomeFile(text: string, name = 'HOME.yaml'): HomeFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  if (document.errors.length > 0)
    throw new HomeFileError(
      name,
      document.errors.map(({ pos, message }) => ({ line: lineAt(pos[0]), text: message })),
    )
  const result = schema.safeParse(valueOf(document, name))
  if (result.success) return result.data
  throw new HomeFileError(
    name,
    result.error.issues.map((issue) => ({
      line: lineAt(offsetOf(document, issue)),
      text: `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`,
    })),
  )
}

type Issue = z.core.$ZodIssue

/** Where in the text an issue is: the key that should not be there, the value, or the nearest thing around it. */
function offsetOf(document: Document, issue: Issue): number {
  const around = document.getIn(issue.path, true)
  if (issue.code === 'unrecognized_keys' && isMap(around)) {
    const pair = around.items.find(({ key }) => isScalar(key) && key.value === issue.keys[0])
    if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0
  }
  for (let length = issue.path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(issue.path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
