export { linkKeyEstablished, registerDevice, restorePan, unregisterDevice } from './changes.js'
export { activeDevices, lastCommunication, recordTransmission, type Transmission } from './communications.js'
export * from './hub-log.js'
export { type Admission, admission, isJoiningEnabled, type JoinPhase, joinTimeoutS, joinWindow } from './join-window.js'
