export { LinkError, type LinkErrorCode } from './link-error.js'
export {
  describeTarget,
  type FramingChoice,
  parseTarget,
  serial,
  type SerialTarget,
  type Target,
  tcp,
  type TcpTarget,
} from './target.js'
export type { FrameLink } from './frame-link.js'
export { type Listening, tcpClient, tcpServer } from './tcp.js'
export { serialLink } from './serial.js'
export { openLink, serveLinks } from './open.js'
export { type Pty, ptyPair, ptyTo } from './pty.js'
