import { machine } from '@smets2-sim/firmware'

/** The stick's network. */
export const stickNetwork = machine('stickNetwork', {
  disconnected: { connect: 'connected' },
  connected: { disconnect: 'disconnected' },
})

/**
 * Whether devices may join. They announce themselves when the program has seen the end of its own broadcast: before
 * that it takes them for strangers. One that opens the coordinator alone sends no broadcast, and waits for none.
 */
export const stickJoining = machine('stickJoining', {
  closed: { permitted: 'opening' },
  opening: { permitted: 'opening', broadcastConfirmed: 'open', noBroadcast: 'open', ended: 'closed' },
  open: { permitted: 'opening', ended: 'closed' },
})
