import { GbcsError } from '@smets2-sim/bytes'
import { livedIn, parseHomeFile, serveHome } from '@smets2-sim/home'
import type { display } from '@smets2-sim/firmware'
import type { PpmidScreen } from '@smets2-sim/ppmid'
import type { Command } from 'commander'
import { type Io, textOf } from '../io.js'
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
/** Makes the home that is watched: that of a home file, or one of its own. */
export type OpenHome = (io: Io, path: string | undefined) => Promise<WatchedHome>
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
  open: OpenHome = (of, path) => (path === undefined ? homeOfItsOwn() : homeOfAFile(of, path)),
  pause: Pause = pauseUntilInterrupted(),
): Command =>
  program
    .command('watch')
    .description('show the displays of a home: of its own, a minute of which takes a second, or served as a file says')
    .argument('[home.yaml]', 'what the home is: see fixtures/homes')
    .option('--width <columns>', 'width of the screens in characters')
    .action(async (path: string | undefined, { width: given }: { width?: string }) => {
      const width = given === undefined ? (io.columns ?? DEFAULT_WIDTH) : Number(given)
      if (!Number.isInteger(width) || width < 20)
        throw new GbcsError('invalidValue', `--width is ${given}, expected 20 or more characters`)
      const isLive = io.columns !== undefined
      const watched = await open(io, path)
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

/** A home in which people live; every look at it is a minute later. */
async function homeOfItsOwn(): Promise<WatchedHome> {
  const watched = await livedIn()
  return {
    async screens() {
      await watched.advance('1m')
      return { ihd: watched.ihd.screen, ppmid: watched.ppmid.screen }
    },
    close: async () => watched[Symbol.asyncDispose](),
  }
}

/** The home of a file, with all the ends that the file gives it, in the time of the file. */
async function homeOfAFile(io: Io, path: string): Promise<WatchedHome> {
  const file = parseHomeFile(await textOf(io, path), path)
  const { premises, close } = await serveHome(file, {
    note: () => undefined,
    problem: (text) => io.err(`${text}\n`),
  })
  return {
    async screens() {
      premises.world.catchUp()
      return {
        ...(premises.ids.has('ihd') && { ihd: premises.look('ihd').screen }),
        ...(premises.ids.has('ppmid') && { ppmid: premises.look('ppmid').screen }),
      }
    },
    close,
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
