export * from './smki/index.js'
