export * from './commands.js'
export * from './screens.js'
export * from './user-interface.js'
