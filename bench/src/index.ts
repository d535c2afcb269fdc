export { type BenchReport, benchText, runBench } from './run-bench.js'
export { type Case, type Figure, measure } from './measure.js'
