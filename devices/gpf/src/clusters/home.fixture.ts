import { native, softwareKeyStore } from '@smets2-sim/crypto'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type AttributeValue,
  Device,
  type han,
  type HanPort,
  primeZclAttribute,
  setDeviceLog,
} from '@smets2-sim/firmware'
import { metering, prepayment } from '@smets2-sim/zcl'
import type { Eui64 } from '@smets2-sim/bytes'
import type { DeviceLogEntry } from '@smets2-sim/firmware'
import { gpfProfile } from '../profile.js'
import type { GasMessage, GasReadings } from './home.js'
import { announceNews, serveGas } from './index.js'

/** Attributes of one cluster by name. */
type Values<C extends { readonly attributes: object }> = Partial<Record<keyof C['attributes'], AttributeValue>>

/** A gas proxy on a home network, with a mirror that a test fills. */
export class ServedGpf implements GasReadings {
  readonly device: Device
  readonly port: HanPort
  gasMessage: GasMessage | undefined
  /** Price of a kilowatt-hour in millipence, and the name of the tariff. */
  price = { millipence: 6_240, label: 'Gas Standard' }

  constructor(network: han.DirectHan, clock: { now(): UtcSeconds }, id: Eui64, displays: readonly DeviceLogEntry[]) {
    this.port = network.port(id)
    const commands = new Map([['price.getCurrentPrice', { handle: () => this.#publishPrice() }]])
    const profile = { ...gpfProfile, zcl: { clusters: [], attributes: new Map(), learns: new Map(), commands } }
    this.device = new Device(profile, id, {
      clock,
      crypto: native,
      keys: softwareKeyStore(native, {}),
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: () => undefined },
    })
    setDeviceLog(this.device, displays)
    network.serve(id, serveGas(this.device, this))
  }

  message(): GasMessage | undefined {
    return this.gasMessage
  }
  supplier(): { name: Uint8Array; contact: Uint8Array } {
    return { name: new TextEncoder().encode('Gas & Co'), contact: new TextEncoder().encode('0800 456') }
  }

  /** What the gas meter told the proxy at this time. */
  mirror(
    time: UtcSeconds,
    values: { readonly metering?: Values<typeof metering>; readonly prepayment?: Values<typeof prepayment> },
  ): void {
    const prime = (cluster: typeof metering | typeof prepayment, ofCluster: object): void => {
      for (const [name, value] of Object.entries(ofCluster) as [string, AttributeValue][]) {
        const { id } = (cluster.attributes as Readonly<Record<string, { id: number }>>)[name] as { id: number }
        primeZclAttribute(this.device, cluster, id, value)
      }
    }
    prime(metering, { readingSnapshotTime: time, unitofMeasure: 1, multiplier: 1, divisor: 1000, ...values.metering })
    prime(prepayment, values.prepayment ?? {})
  }
  /** The proxy tells the displays that it has heard from the gas meter. */
  announce(): void {
    announceNews(this.device, this.port, {
      kind: 'usedToday',
      time: this.device.now,
      litres: 0,
      wattHours: 0,
      cost: 0,
    })
  }

  #publishPrice() {
    return [
      {
        command: 'publishPrice',
        fields: {
          providerId: 0,
          rateLabel: new TextEncoder().encode(this.price.label),
          issuerEventId: 0,
          currentTime: this.device.now,
          unitOfMeasure: 0,
          currency: 826,
          priceTrailingDigitAndPriceTier: 0x51,
          numberOfPriceTiersAndRegisterTier: 0x11,
          startTime: 0,
          durationInMinutes: 0xffff,
          price: this.price.millipence,
        },
      },
    ]
  }
}
