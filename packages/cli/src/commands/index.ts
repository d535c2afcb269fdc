import type { Command } from 'commander'
import type { Io } from '../io.js'
import { addConformance } from './conformance.js'
import { addCoverage } from './coverage.js'
import { addDecode } from './decode.js'

/** Every command of `smets2`, each from a file of its name. */
export const commands: readonly ((program: Command, io: Io) => Command)[] = [addDecode, addConformance, addCoverage]
