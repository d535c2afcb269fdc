/** The client's side of a tunnel: the hub towards ESME, HCALCS and PPMID; the gas meter towards the hub. facts 10.1.2. */
export const tunnelClientTable = {
  closed: { request: 'requesting' },
  requesting: {
    granted: 'open',
    busy: 'backingOff',
    noMoreIds: 'clearing',
    refused: 'closed',
    noAnswer: 'closed',
    lost: 'closed',
  },
  clearing: { cleared: 'requesting', lost: 'closed' },
  backingOff: { retry: 'requesting', lost: 'closed' },
  open: { renew: 'requesting', broken: 'closed', closed: 'closed', lost: 'closed' },
} as const

/** The server's side, for each client. */
export const tunnelServerTable = {
  none: { granted: 'active' },
  active: { granted: 'active', closed: 'none', expired: 'none' },
} as const
