import { useCaseNamed } from '@smets2-sim/gbcs'
import { tapped } from './tapped.js'

/** The parts of the README that are drawn from tables. */
export const gpfSections = (): string =>
  [
    '## Tapped commands',
    '',
    '| use case | what the meter was told |',
    '| --- | --- |',
    ...[...tapped.useCases].map((name) => `| ${name} | ${useCaseNamed(name)?.title ?? ''} |`),
    '',
  ].join('\n')
