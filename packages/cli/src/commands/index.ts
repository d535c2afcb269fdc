import type { Command } from 'commander'
import type { Io } from '../io.js'
import { addBench } from './bench.js'
import { addCommand } from './command.js'
import { addConformance } from './conformance.js'
import { addCoverage } from './coverage.js'
import { addDecode } from './decode.js'
import { addDemo } from './demo.js'
import { addServe } from './serve.js'
import { addDevice } from './device.js'
import { addSmki } from './smki.js'
import { addWatch } from './watch.js'

/** Every command of `smets2`, each from a file of its name. */
export const commands: readonly ((program: Command, io: Io) => Command)[] = [
  addDemo,
  addServe,
  addWatch,
  addDecode,
  addCommand,
  addConformance,
  addDevice,
  addCoverage,
  addSmki,
  addBench,
]
