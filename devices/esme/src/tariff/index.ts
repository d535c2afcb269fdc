export { addCost, type Cost, noCost } from './cost.js'
export {
  noPrices,
  type Prices,
  pricesFrom,
  secondaryPricesFrom,
  standingChargeFrom,
  type UnitCharge,
} from './prices.js'
export {
  type ActiveRegister,
  BLOCK_TOU_REGISTERS,
  blockRegister,
  BLOCKS,
  primaryRegisterOf,
  SECONDARY_TOU_REGISTERS,
  secondaryRegisterOf,
  TOU_REGISTERS,
} from './registers.js'
export { calendarsOf, noTariff, type Tariff, type TariffPart } from './tariff.js'
export { nextActivation, type TariffPlan } from './tariff-plan.js'
