import { processIo } from './io.js'
import { run } from './run.js'

// who reads only the head of what is printed has seen enough
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2), processIo())
