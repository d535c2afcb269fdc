export * from './framing/index.js'
export * from './link/index.js'
export * from './wan/index.js'
