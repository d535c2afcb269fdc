export { commandBody, preCommandOf, type Sender } from './precommand.js'
export * from './smki/index.js'
