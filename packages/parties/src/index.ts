export { commandBody, preCommandOf, type Sender } from './precommand.js'
