export * from './messages/index.js'
export { type ConformanceOptions, runConformance } from './run-conformance.js'
export {
  type AlertDetail,
  type ConformanceResult,
  type ConformanceRun,
  type Difference,
  type ExchangeDetail,
  type FieldDetail,
  passed,
} from './report/result.js'
export { textReport } from './report/text.js'
export { junitReport } from './report/junit.js'
export { htmlReport } from './report/html.js'
export * from './target/index.js'
export * from './coverage/index.js'
export { credentialScenarios } from './scenarios/index.js'
