import { Bench } from 'tinybench'

/** One thing that is measured. `limit` is the name of the case that it is compared to, in the same run. */
export interface Case {
  readonly name: string
  readonly run: () => unknown
  readonly limit?: string
}

/** Median time of a case, and how much slower it is than its limit. */
export interface Figure {
  readonly name: string
  readonly medianUs: number
  readonly perSecond: number
  readonly limit?: string
  /** Time of the case over time of its limit: 1 is the limit itself. */
  readonly ratio?: number
}

/** Measures the cases one after the other, each for about `timeMs` after a warm-up of a fifth of that. */
export function measure(cases: readonly Case[], timeMs: number): Figure[] {
  const bench = new Bench({ time: timeMs, warmupTime: timeMs / 5 })
  for (const { name, run } of cases) bench.add(name, run)
  const medians = new Map<string, number>()
  for (const task of bench.runSync()) {
    const { result } = task
    if (!('latency' in result))
      throw new Error(`${task.name}: ${'error' in result ? String(result.error) : result.state}`)
    medians.set(task.name, result.latency.p50 * 1000)
  }
  return cases.map(({ name, limit }) => {
    const medianUs = medians.get(name) as number
    const limitUs = limit === undefined ? undefined : medians.get(limit)
    return {
      name,
      medianUs,
      perSecond: 1e6 / medianUs,
      ...(limit !== undefined && limitUs !== undefined && { limit, ratio: medianUs / limitUs }),
    }
  })
}
