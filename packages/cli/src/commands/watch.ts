import { GbcsError } from '@smets2-sim/bytes'
import type { display } from '@smets2-sim/firmware'
import type { PpmidScreen } from '@smets2-sim/ppmid'
import type { Command } from 'commander'
import type { Io } from '../io.js'
import { renderPpmidScreen, renderScreen } from '../screen/render-screen.js'

/** The displays of a home at a moment. */
export interface HomeScreens {
  readonly ihd?: display.Screen
  readonly ppmid?: PpmidScreen
}
/** A home that is watched. */
export interface WatchedHome {
  /** Its screens now; undefined when the home is gone. */
  screens(): Promise<HomeScreens | undefined>
  close(): Promise<void>
}
/** Where screens come from: a home that is served at an address, or one in this process when none is given. */
export type OpenHome = (address: string | undefined) => Promise<WatchedHome>
/** Waits for so long; true when somebody wants to stop. */
export type Pause = (ms: number) => Promise<boolean>

const REDRAW_MS = 1000
const DEFAULT_WIDTH = 100
/** Cursor to the upper left; rest of the line away after each; rest of the screen away at the end. */
const HOME = '\x1b[H'
const ERASE_LINE = '\x1b[K'
const ERASE_BELOW = '\x1b[J'

/** All screens of a home as one text. */
export const renderScreens = ({ ihd, ppmid }: HomeScreens, width: number): string =>
  [...(ihd ? [renderScreen(ihd, width)] : []), ...(ppmid ? [renderPpmidScreen(ppmid, width)] : [])].join('\n') ||
  'This home has no display.\n'

/**
 * `smets2 watch`: the screens of a home's displays, drawn anew every second on a terminal until it is interrupted or the
 * home is gone; in a pipe once.
 */
export const addWatch = (program: Command, io: Io, open: OpenHome, pause: Pause = pauseUntilInterrupted()): Command =>
  program
    .command('watch')
    .description('show the in-home display and the prepayment display of a home')
    .argument('[address]', 'a home that is served: tcp://host:port; without it a home of its own')
    .option('--width <columns>', 'width of the screens in characters')
    .action(async (address: string | undefined, { width: given }: { width?: string }) => {
      const width = given === undefined ? (io.columns ?? DEFAULT_WIDTH) : Number(given)
      if (!Number.isInteger(width) || width < 20)
        throw new GbcsError('invalidValue', `--width is ${given}, expected 20 or more characters`)
      const isLive = io.columns !== undefined
      const home = await open(address)
      try {
        for (let first = true; ; first = false) {
          const screens = await home.screens()
          if (!screens) return
          io.out(isLive ? redraw(renderScreens(screens, width), first) : renderScreens(screens, width))
          if (!isLive || (await pause(REDRAW_MS))) return
        }
      } finally {
        await home.close()
      }
    })

const redraw = (text: string, first: boolean): string =>
  `${HOME}${first ? ERASE_BELOW : ''}${text.replaceAll('\n', `${ERASE_LINE}\n`)}${ERASE_BELOW}`

/** Pauses that an interrupt ends, and with them the watching. */
function pauseUntilInterrupted(): Pause {
  return (ms) =>
    new Promise((resolve) => {
      const end = (interrupted: boolean) => {
        clearTimeout(timer)
        process.off('SIGINT', onInterrupt)
        resolve(interrupted)
      }
      const onInterrupt = () => end(true)
      const timer = setTimeout(() => end(false), ms)
      process.once('SIGINT', onInterrupt)
    })
}
