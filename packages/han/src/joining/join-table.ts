/** How a device comes onto the network and stays on it. `joined` is the only state in which it may send data of its own. */
export const joinTable = {
  idle: { start: 'scanning' },
  scanning: { networkFound: 'associating', nothingFound: 'waiting', stop: 'idle' },
  associating: { accepted: 'awaitingKey', refused: 'waiting', timeout: 'waiting', stop: 'idle' },
  awaitingKey: { keyReceived: 'establishing', timeout: 'waiting', stop: 'idle' },
  establishing: { keyConfirmed: 'joined', keyFailed: 'waiting', removed: 'idle', stop: 'idle' },
  waiting: { retry: 'scanning', stop: 'idle' },
  joined: { linkLost: 'scanning', removed: 'idle', stop: 'idle', renewKey: 'establishing' },
} as const
