import { type ClusterServer, payment, readAccount, readSettings } from '@smets2-sim/firmware'

/** What displays are told of the credit besides its amounts: emergency credit, low credit, exhausted credit. facts 10.2.1. */
export const creditStatus: ClusterServer = {
  attributes: {
    'prepayment.creditStatus': {
      get: ({ device }) => payment.creditStatus(payment.standingOf(readAccount(device), readSettings(device))),
    },
  },
}
