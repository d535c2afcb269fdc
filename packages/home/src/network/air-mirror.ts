import type { Eui64 } from '@smets2-sim/bytes'
import { type MirrorFrame, mirrorFrames, MirrorListener } from '@smets2-sim/firmware'
import { command, type HubOptions, type Report } from '@smets2-sim/han'
import { type Cluster, clusters } from '@smets2-sim/zcl'
import type { MirrorEnds } from './home-network.js'

/** What gas meters tell their mirror over the air: as frames at every wake, put together again at the hub. */
export class AirMirror {
  readonly #ends = new Map<Eui64, MirrorEnds>()
  readonly #holder: () => Eui64 | undefined

  /** `holder` is the meter that has the mirror now. */
  constructor(holder: () => Eui64 | undefined) {
    this.#holder = holder
  }
  connect(meter: Eui64, ends: MirrorEnds): void {
    this.#ends.set(meter, ends)
  }

  /** What a meter that has woken reports. What does not arrive it reports again the next time. */
  reportsOf(meter: Eui64): readonly Report[] {
    const ends = this.#ends.get(meter)
    return (ends?.waiting() ?? []).flatMap((push) => {
      const frames = mirrorFrames(push)
      return frames.map((frame, i) => ({
        ...reportOf(frame),
        ...(i === frames.length - 1 && { delivered: () => ends?.arrived(push) }),
      }))
    })
  }
  /** The ears of another hub. */
  listener(): Required<Pick<HubOptions, 'onGasReport' | 'onGasCommand'>> {
    const listener = new MirrorListener((push) => {
      const meter = this.#holder()
      if (meter) this.#ends.get(meter)?.heard(push)
    })
    return {
      onGasReport: (id, records) => withCluster(id, (cluster) => listener.reported(cluster, records)),
      onGasCommand: (id, { name, fields }) =>
        withCluster(id, (cluster) => name !== undefined && listener.commanded(cluster, name, fields)),
    }
  }
}

function withCluster(id: number, body: (cluster: Cluster) => unknown): void {
  const cluster = clusters.get(id)
  if (cluster) body(cluster)
}
function reportOf(frame: MirrorFrame): Report {
  if ('records' in frame) return { cluster: frame.cluster.id, records: frame.records }
  const definition = frame.cluster.toClient[frame.command]
  if (!definition) throw new TypeError(`${frame.cluster.name} has no command ${frame.command}`)
  return { cluster: frame.cluster.id, command: command(definition, frame.fields as never) }
}
