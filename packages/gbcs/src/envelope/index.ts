export {
  craFlag,
  type DecodedMessage,
  decodeMessage,
  encodeMessage,
  type GbcsMessage,
  groupedOctetsOf,
  MAX_MESSAGE_OCTETS,
  type MessageBody,
  type MessageKind,
  type OtherInformation,
  signedOctetsOf,
  withMac,
} from './message.js'
export {
  BLOCK_OCTETS,
  BlockAssembly,
  type BlockFrame,
  decodeBlockFrame,
  encodeBlockFrame,
  toBlocks,
} from './block-transfer.js'
export {
  type EncryptionContext,
  encryptionCounter,
  encryptionRecipient,
  macIsValid,
  messageMac,
  openSensitive,
  sealSensitive,
} from './protection.js'
