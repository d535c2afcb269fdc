import { GbcsError } from '@smets2-sim/bytes'
import { LinkError, reasonOf } from '../link/link-error.js'
import { glowMessages, type HomeReadings, topicMac } from './readings.js'

export interface MqttBridgeOptions {
  /** `mqtt://host:1883`, or `mqtts:`, `ws:`, `wss:`. */
  readonly url: string
  /** Identifier in the topics, 6 or 8 octets in hexadecimal. */
  readonly mac: string
  readonly username?: string
  readonly password?: string
  /** Whether the broker keeps the last reading for who comes later. */
  readonly retain?: boolean
}

/** Readings of a home at a broker. */
export interface MqttBridge {
  /** Settles when the readings have left. What cannot leave now is not kept. @throws LinkError `lost`, `closed` */
  publish(readings: HomeReadings): Promise<void>
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000
const RECONNECT_MS = 1000

/**
 * Connects to a broker; a connection that breaks later comes back by itself. The library is loaded when it is wanted.
 * @throws GbcsError `invalidValue` for a URL or a MAC that is none; LinkError `notOpened`
 */
export async function mqttBridge({ url, mac, retain = false, ...login }: MqttBridgeOptions): Promise<MqttBridge> {
  topicMac(mac)
  if (!/^(mqtts?|wss?):\/\/[^/]/.test(url))
    throw new GbcsError('invalidValue', `found ${JSON.stringify(url)}, expected mqtt://host:port`)
  const { connectAsync } = await import('mqtt')
  const options = { ...login, connectTimeout: CONNECT_TIMEOUT_MS, reconnectPeriod: RECONNECT_MS, queueQoSZero: false }
  const client = await connectAsync(url, options, false).catch((cause: unknown) => {
    throw new LinkError('notOpened', `no broker answers at ${new URL(url).host}: ${reasonOf(cause)}`, { cause })
  })
  client.on('error', () => undefined) // Told to whoever publishes; it reconnects.
  let closed = false
  return {
    async publish(readings) {
      if (closed) throw new LinkError('closed', 'the bridge is closed')
      const messages = glowMessages(readings, mac)
      try {
        await Promise.all(messages.map(({ topic, payload }) => client.publishAsync(topic, payload, { qos: 0, retain })))
      } catch (cause) {
        throw new LinkError('lost', `the readings did not leave: ${reasonOf(cause)}`, { cause })
      }
    },
    async close() {
      if (closed) return
      closed = true
      await client.endAsync()
    },
  }
}
