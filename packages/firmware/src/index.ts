export { type Machine, machine, mermaid } from './machine/machine.js'
export { ColumnLog, type Log, RingLog } from './state/ring-log.js'
export * from './tariff/index.js'
