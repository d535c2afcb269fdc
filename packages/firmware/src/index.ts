export { type Machine, machine, mermaid } from './machine/machine.js'
