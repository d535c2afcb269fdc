import type { Views } from '@smets2-sim/firmware'
import { alertBehaviourViews } from './alert-behaviour.js'
import { auxiliaryViews } from './auxiliary.js'
import { clockViews } from './clock.js'
import { demandViews } from './demand.js'
import { identityViews } from './identity.js'
import { logViews } from './logs.js'
import { prepaymentViews } from './prepayment.js'
import { registerViews } from './registers.js'
import { supplyViews } from './supply.js'
import { tariffViews } from './tariff.js'
import { voltageViews } from './voltage.js'

/** Views of COSEM members that are more than a stored data item; a table for each concern. */
export const views: Views = new Map([
  ...clockViews,
  ...identityViews,
  ...registerViews,
  ...demandViews,
  ...tariffViews,
  ...voltageViews,
  ...prepaymentViews,
  ...supplyViews,
  ...auxiliaryViews,
  ...alertBehaviourViews,
  ...logViews,
])
