import type { HanDone, HanPort } from '@smets2-sim/firmware'

/** A port whose answers are taken by `change`: a device that has heard something may have other things to do. */
export function within(port: HanPort, change: (body: () => void) => void): HanPort {
  const taken =
    <T>(done: HanDone<T>): HanDone<T> =>
    (outcome) =>
      change(() => done(outcome))
  return {
    get hub() {
      return port.hub
    },
    read: (target, cluster, names, done) => port.read(target, cluster, names, taken(done)),
    command: (target, command, response, done) => port.command(target, command, response, taken(done)),
    publish: (target, command, done) => port.publish(target, command, done && taken(done)),
    report: (target, cluster, values) => port.report(target, cluster, values),
    linkQuality: (target) => port.linkQuality(target),
  }
}
