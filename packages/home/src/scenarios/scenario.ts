import type { HomeConfig } from '../config/home-config.js'
import type { Play } from './play.js'

/** A story that is played on a home: as a test in virtual time, and to be watched. */
export interface Scenario {
  /** What happens, in a few words. */
  readonly title: string
  /** The home, as it comes from the factory. */
  readonly home: Omit<HomeConfig, 'now'>
  /** Somebody acts in the home: it is played in virtual time in this process, and not through a socket. */
  readonly atHome?: true
  run(play: Play): Promise<void>
}
