export { explainDecoded, explainMessage, type ExplainOptions, type MessageDescription } from './explain-message.js'
export { parseMessageText } from './message-text.js'
export { useCaseOf } from './use-case-of.js'
export type { Json, JsonObject } from './json.js'
