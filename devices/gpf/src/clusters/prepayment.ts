import { han } from '@smets2-sim/firmware'
import { prepayment } from '@smets2-sim/zcl'
import type { GasHome } from './home.js'
import { asOutside, mirrored } from './mirrored.js'

type Name = keyof typeof prepayment.attributes
const costs = Object.keys(prepayment.attributes).filter((name) => name.endsWith('CostConsumptionDelivered')) as Name[]
const topUps = Object.keys(prepayment.attributes).filter((name) =>
  /^topUp(DateTime|Amount|OriginatingDevice)\d$/.test(name),
) as Name[]
const debts = [1, 2, 3].flatMap((n): Name[] => [
  `debtAmount${n as 1}`,
  `debtRecoveryMethod${n as 1}`,
  `debtRecoveryFrequency${n as 1}`,
  `debtRecoveryAmount${n as 1}`,
  `debtRecoveryTopUpPercentage${n as 1}`,
])

/**
 * Prepayment cluster of a gas proxy. A top-up and emergency credit are no matter of the proxy: a display sends them to
 * the gas meter end to end (PCS01, PCS02). The codes of top-ups are not shown.
 */
export const prepaymentServer = han.servedCluster<GasHome, typeof prepayment>(prepayment, {
  attributes: mirrored(
    prepayment,
    'paymentControlConfiguration',
    'creditRemaining',
    'emergencyCreditRemaining',
    'creditStatus',
    'creditRemainingTimeStamp',
    'accumulatedDebt',
    'overallDebtCap',
    'emergencyCreditLimit',
    'emergencyCreditThreshold',
    'maxCreditLimit',
    'maxCreditPerTopUp',
    'lowCreditWarning',
    'cutOffValue',
    ...debts,
    ...topUps,
    ...costs,
  ),
  commands: {
    getPrepaySnapshot: asOutside(prepayment, 'getPrepaySnapshot'),
  },
})
