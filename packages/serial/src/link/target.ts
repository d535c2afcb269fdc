import { GbcsError } from '@smets2-sim/bytes'

/** What a link speaks. `auto` listens first; as long as it has heard nothing, it speaks `gfi`. */
export const framingChoices = ['gfi', 'slip', 'auto'] as const
export type FramingChoice = (typeof framingChoices)[number]

export interface TcpTarget {
  readonly kind: 'tcp'
  readonly host: string
  /** 0 lets the system choose, when listening. */
  readonly port: number
  readonly framing: FramingChoice
}
export interface SerialTarget {
  readonly kind: 'serial'
  readonly path: string
  readonly baudRate: number
  readonly framing: FramingChoice
}
/** Where a link leads. */
export type Target = TcpTarget | SerialTarget

const USUAL_BAUD = 115_200

/** A serial line: 115,200 baud, framing found out by listening, where nothing else is said. */
export const serial = (
  path: string,
  { baudRate = USUAL_BAUD, framing = 'auto' }: Partial<Pick<SerialTarget, 'baudRate' | 'framing'>> = {},
): SerialTarget => ({ kind: 'serial', path, baudRate, framing })
/** A TCP port; framing found out by listening, where nothing else is said. */
export const tcp = (
  host: string,
  port: number,
  { framing = 'auto' }: Partial<Pick<TcpTarget, 'framing'>> = {},
): TcpTarget => ({ kind: 'tcp', host, port, framing })

const refuse = (text: string, found: string, expected: string): GbcsError =>
  new GbcsError('invalidValue', `target ${JSON.stringify(text)}: found ${found}, expected ${expected}`)

function whole(text: string, what: string, value: string, min: number, max: number): number {
  const number = /^\d{1,8}$/.test(value) ? Number(value) : NaN
  if (!(number >= min && number <= max)) throw refuse(text, `${what} "${value}"`, `${min} to ${max}`)
  return number
}

/**
 * Reads a target: `tcp://host:port` or `serial:/dev/ttyUSB0?baud=115200`, either with `framing=gfi|slip|auto`.
 * Without them: 115,200 baud, `auto`.
 * @throws GbcsError `invalidValue` that quotes the part that is wrong
 */
export function parseTarget(text: string): Target {
  const [, scheme, place = '', query = ''] = /^(tcp|serial):([^?]*)(?:\?(.*))?$/s.exec(text) ?? []
  if (!scheme) throw refuse(text, 'no known scheme', 'tcp://host:port or serial:/dev/name')
  const options = new URLSearchParams(query)
  const known = scheme === 'tcp' ? ['framing'] : ['framing', 'baud']
  for (const key of options.keys()) if (!known.includes(key)) throw refuse(text, `option "${key}"`, known.join(' or '))
  const framing = framingChoices.find((choice) => choice === (options.get('framing') ?? 'auto'))
  if (!framing) throw refuse(text, `framing "${options.get('framing')}"`, framingChoices.join(', '))
  if (scheme === 'serial') {
    const path = place.replace(/^\/\/(?=\/)/, '')
    if (!path) throw refuse(text, 'no device', 'serial:/dev/name')
    return {
      kind: 'serial',
      path,
      baudRate: whole(text, 'baud', options.get('baud') ?? String(USUAL_BAUD), 50, 4_000_000),
      framing,
    }
  }
  const [, bracketed, plain, port] = /^\/\/(?:\[([0-9a-fA-F:.]+)\]|([^:/[\]]+)):([^:/]*)\/?$/.exec(place) ?? []
  const host = bracketed ?? plain
  if (host === undefined) throw refuse(text, `"${place}"`, 'tcp://host:port')
  return { kind: 'tcp', host, port: whole(text, 'port', port ?? '', 0, 65_535), framing }
}

/** The reverse of `parseTarget`, for people to read. */
export const describeTarget = (target: Target): string =>
  target.kind === 'serial'
    ? `serial:${target.path}`
    : `tcp://${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`
