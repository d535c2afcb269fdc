export { blockOf, type BlockThresholds, blockThresholdsFrom, NO_THRESHOLD, untilNextBlock } from './blocks.js'
export { type ExecutionTimes, executionTimesFrom, nextExecution } from './execution-times.js'
