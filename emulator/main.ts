// Entry of the emulator's process. Prints one line of JSON when it listens, and one line of text when it cannot.
import { takeDataFolder } from './data-folder'
import { Emulator } from './emulator'
import { Gateway } from './gateway'
import { OptionError, readOptions } from './options'

/** Functions run in UTC in the real cloud, and a worker thread has the process's time zone. */
process.env.TZ = 'UTC'

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env)
  const folder = takeDataFolder(options.data, options.isFresh, options.from)
  const emulator: Emulator = new Emulator(options, () => gateway.url)
  const gateway = new Gateway(emulator)

  let isStopping = false
  const stop = async (): Promise<void> => {
    if (isStopping) return
    isStopping = true
    await gateway.close()
    await emulator.close()
    folder.release()
    process.exit(0)
  }
  try {
    await gateway.listen(options.port)
  } catch (error) {
    await emulator.close()
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new OptionError(`port ${options.port} is taken: stop what uses it, or choose another with PORT=…`)
    throw error
  }
  // Whatever slipped through is said, and the emulator goes on.
  process.on('unhandledRejection', error => console.error(error))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
  // Started by another process of ours: never outlive it.
  if (process.channel) process.on('disconnect', () => void stop())
  emulator.runner.warm()
  emulator.timers.start()
  console.log(JSON.stringify({ ready: true, url: gateway.url, env: options.env, data: options.data, pid: process.pid }))
}

main().catch((error: unknown) => {
  console.error(error instanceof OptionError ? error.message : error)
  process.exit(1)
})
