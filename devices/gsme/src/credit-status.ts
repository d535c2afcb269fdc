import { type ClusterServer, payment, readCredit, readSettings } from '@smets2-sim/firmware'

/** What displays are told of the credit besides its amounts: emergency credit, low credit, exhausted credit. facts 10.2.1. */
export const creditStatus: ClusterServer = {
  attributes: {
    'prepayment.creditStatus': {
      get({ device }) {
        const [credit, settings] = [readCredit(device), readSettings(device)]
        const { balance, emergency, emergencyLeft } = credit
        const { prepayment, disablementThreshold, lowCreditThreshold, emergencyCreditLimit } = settings
        const selected = emergency === 'active' || emergency === 'exhausted'
        return payment.creditStatus({
          emergencyCredit: emergency,
          isEmergencyCreditLent: emergencyCreditLimit > 0,
          isEmergencyCreditInUse: selected && balance <= disablementThreshold,
          isLow: prepayment && balance + (emergency === 'active' ? emergencyLeft : 0) < lowCreditThreshold,
          isExhausted: prepayment && balance < disablementThreshold && emergency !== 'active',
        })
      },
    },
  },
}
