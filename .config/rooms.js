/**
 * The rooms of the house, from the ground up, and what each may import. An arrow only ever points up in this table.
 * Devices know neither each other nor the network; the ZCL and COSEM know nothing of GBCS; links know no device.
 */
const wire = ['bytes', 'crypto', 'cosem', 'zcl']
const messages = [...wire, 'gbcs']
const devices = ['esme', 'gsme', 'gpf', 'chf', 'ppmid', 'ihd', 'hcalcs']
const premises = [...messages, 'firmware', 'han', 'parties', 'serial', ...devices, 'home']

/** @type {Readonly<Record<string, readonly string[]>>} folder of a room: names of the rooms that it may import */
export const rooms = {
  'packages/bytes': [],
  'packages/crypto': ['bytes'],
  'packages/cosem': ['bytes'],
  'packages/zcl': ['bytes'],
  'packages/gbcs': wire,
  'packages/firmware': messages,
  'packages/han': [...messages, 'firmware'],
  ...Object.fromEntries(devices.map((device) => [`devices/${device}`, [...messages, 'firmware']])),
  'packages/parties': messages,
  'packages/serial': [...messages, 'firmware', 'han', 'parties'],
  'packages/home': premises.filter((room) => room !== 'home'),
  'packages/conformance': premises,
  bench: [...premises, 'conformance'],
  'packages/cli': [...premises, 'conformance', 'bench'],
}

/** Where the real clock, timers, randomness and sockets are: implementations of ports, programs and benchmarks. */
export const realWorld = [
  'packages/serial/**',
  'packages/cli/**',
  'packages/home/src/**/real-*.ts',
  'packages/*/src/*-main.ts',
  'bench/**',
]
