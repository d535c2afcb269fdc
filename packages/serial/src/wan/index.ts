export { type ExchangeClient, exchangeClient, type ExchangeOptions } from './exchange.js'
export { type Feed, serveWan, type WanOptions } from './serve.js'
