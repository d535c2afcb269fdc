/** Use cases after which the device would not be the one that it was, or not where it was. */
const rows: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^CS02[bg]/, 'replaces credentials of the parties'],
  [/^CS02d/, "replaces the device's own certificate"],
  [/^CS06/, 'activates firmware'],
  [/^CS04/, 'takes the device out of its network'],
  [/^(CCS02|CCS03|GCS59)/, 'takes devices out of the device log'],
]

/** Why a use case is left out unless it is asked for; undefined when it does no harm to the run. */
export const destruction = (useCase: string): string | undefined => rows.find(([pattern]) => pattern.test(useCase))?.[1]
