export * from './view.js'
export { type NcpServer, ncpPath, serveNcp } from './serve.js'
export { DeconzStick, type StickPorts } from './stick.js'
export { stickJoining, stickNetwork } from './machines.js'
