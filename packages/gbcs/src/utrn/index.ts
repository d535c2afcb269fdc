export { checkDigitIsRight } from './check-digit.js'
export { originatorCounterOf, recoverUtrnCounter, truncateUtrnCounter, utrnCounterOf } from './counter.js'
export { issueUtrn, type PtutContext, ptutMac, ptutMacInput, ptutMacIsValid } from './mac.js'
export { ptutMillipence, ptutValue } from './money.js'
export {
  decodePtut,
  decodeUtrn,
  encodePtut,
  encodeUtrn,
  MAX_PTUT_VALUE,
  type Ptut,
  type UtrnValueClass,
} from './ptut.js'
