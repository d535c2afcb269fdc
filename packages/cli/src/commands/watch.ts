import { GbcsError } from '@smets2-sim/bytes'
import { home } from '@smets2-sim/home'
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
/** Makes the home that is watched. */
export type OpenHome = () => Promise<WatchedHome>
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
export const addWatch = (
  program: Command,
  io: Io,
  open: OpenHome = homeOfItsOwn,
  pause: Pause = pauseUntilInterrupted(),
): Command =>
  program
    .command('watch')
    .description('show the displays of a home of its own, a minute of which takes a second')
    .option('--width <columns>', 'width of the screens in characters')
    .action(async ({ width: given }: { width?: string }) => {
      const width = given === undefined ? (io.columns ?? DEFAULT_WIDTH) : Number(given)
      if (!Number.isInteger(width) || width < 20)
        throw new GbcsError('invalidValue', `--width is ${given}, expected 20 or more characters`)
      const isLive = io.columns !== undefined
      const watched = await open()
      try {
        for (let first = true; ; first = false) {
          const screens = await watched.screens()
          if (!screens) return
          io.out(isLive ? redraw(renderScreens(screens, width), first) : renderScreens(screens, width))
          if (!isLive || (await pause(REDRAW_MS))) return
        }
      } finally {
        await watched.close()
      }
    })

/** A household that uses electricity and gas; every look at it is a minute later. */
async function homeOfItsOwn(): Promise<WatchedHome> {
  const watched = await home({ seed: 7 })
    .electricity({ activeImportWh: 12_345_678 })
    .gas({ consumptionL: 4_200_000 })
    .ihd()
    .commission()
  const { ihd } = watched
  watched.esme.load({ watts: 850 })
  // the gas meter has woken once, and the display has seen what it said
  await watched.advance('1h')
  return {
    async screens() {
      await watched.advance('1m')
      return { ihd: ihd.screen }
    },
    close: async () => watched[Symbol.asyncDispose](),
  }
}

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
