export * from './metering/index.js'
export * from './tariff/index.js'
