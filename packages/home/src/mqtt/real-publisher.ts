import { GbcsError } from '@smets2-sim/bytes'
import { mqttBridge, type MqttBridgeOptions } from '@smets2-sim/serial'
import type { Premises } from '../premises/premises.js'
import { readingsOf } from './readings.js'

export interface PublisherOptions extends MqttBridgeOptions {
  /** How often it publishes, in real seconds. */
  readonly everyS: number
  /** Hears what did not leave; it tries again the next time. */
  readonly onProblem: (text: string) => void
}

/**
 * Publishes what the in-home display of a home shows, every so often.
 * @throws LinkError `notOpened` when no broker answers; GbcsError `invalidValue`, or `misuse` for a home without a display
 */
export async function publishHome(
  premises: Premises,
  { everyS, onProblem, ...options }: PublisherOptions,
): Promise<{ close(): Promise<void> }> {
  if (!premises.ids.has('ihd'))
    throw new GbcsError('misuse', 'mqtt publishes what the display shows: the home needs ihd: true')
  const display = premises.look('ihd')
  const bridge = await mqttBridge(options)
  const publish = (): void => {
    premises.world.catchUp()
    bridge
      .publish(readingsOf(premises, display.screen))
      .catch((error: unknown) => onProblem(error instanceof Error ? error.message : String(error)))
  }
  const timer = setInterval(publish, everyS * 1000)
  return {
    async close() {
      clearInterval(timer)
      await bridge.close()
    },
  }
}
