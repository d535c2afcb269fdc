export { Ihd, ihd, type IhdPorts } from './ihd.js'
