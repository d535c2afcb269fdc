/** What GBCS fixes of a tunnel. facts 10.1.1. */
export const tunnelParameters = {
  protocolId: 6,
  manufacturerCode: 0xffff,
  flowControlSupport: 0,
  maximumIncomingTransferSize: 1500,
} as const

/** Seconds without use after which a server closes a tunnel, and a client asks for it again. facts 10.1.2. */
export const CLOSE_TUNNEL_TIMEOUT_S = 0xffff

export const tunnelStatus = {
  success: 0,
  busy: 1,
  noMoreTunnelIds: 2,
  protocolNotSupported: 3,
  flowControlNotSupported: 4,
} as const
export const transferStatus = { noSuchTunnel: 0, wrongDevice: 1, dataOverflow: 2 } as const
