/** A device that takes an image: what has arrived is kept while it is `paused`, and it goes on from there. */
export const downloadTable = {
  idle: { asked: 'querying' },
  querying: { offered: 'downloading', nothing: 'idle', failed: 'paused' },
  downloading: { complete: 'verifying', failed: 'paused', withdrawn: 'paused' },
  paused: { asked: 'querying' },
  verifying: { accepted: 'waiting', refused: 'idle' },
  waiting: { asked: 'querying' },
} as const
