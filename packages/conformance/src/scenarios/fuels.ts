import type { Eui64 } from '@smets2-sim/bytes'
import { type CommandRequest, ECS17b, ECS42, ECS45, GCS02, GCS13a, GCS33, GCS39 } from '@smets2-sim/gbcs'
import type { CryptoProvider } from '@smets2-sim/crypto'
import type { Alert, RemoteParty } from '@smets2-sim/parties'
import { billingEntryIn, gasBillingEntryIn, type RegisterReading } from './billing-entry.js'
import { creditModeNow } from './credit-mode.js'

/** The same step for either fuel: what a party sends to the meter, and how the meter tells its bill. */
export interface Fuel {
  readonly meter: 'esme' | 'gsme'
  readonly title: string
  /** Reads of what is personal, and of what is not. */
  readonly reads: (to: Eui64) => readonly (readonly [what: string, CommandRequest])[]
  /** An order that only the supplier may give. */
  readonly supply: (to: Eui64) => CommandRequest
  readonly creditMode: (to: Eui64, now: number) => CommandRequest
  readonly billing: {
    readonly useCase: string
    readonly unit: string
    readonly entryIn: (crypto: CryptoProvider, party: RemoteParty, alert: Alert) => RegisterReading | undefined
  }
}

/** The payment control configuration of credit mode. facts 6.7. */
const CREDIT_MODE = 0x0c94
const ARM = 1

export const electricity: Fuel = {
  meter: 'esme',
  title: 'electricity meter',
  reads: (to) => [
    ['read the import registers', ECS17b.command({ to })],
    ['read the state of the load switch', ECS45.command({ to })],
  ],
  supply: (to) => ECS42.command({ to }),
  creditMode: creditModeNow,
  billing: { useCase: 'ECS68', unit: 'Wh', entryIn: billingEntryIn },
}

export const gas: Fuel = {
  meter: 'gsme',
  title: 'gas meter',
  reads: (to) => [
    ['read the consumption register', GCS13a.command({ to, parts: [{ item: 'readMetering', fields: {} }] })],
    ['read the valve and the battery', GCS33.command({ to, parts: [{ item: 'readMetering', fields: {} }] })],
  ],
  supply: (to) =>
    GCS39.command({
      to,
      parts: [
        {
          item: 'changeSupply',
          fields: {
            providerId: 0,
            issuerEventId: 0,
            requestDateTime: 0,
            implementationDateTime: 0,
            proposedSupplyStatus: ARM,
            supplyControlBits: 1,
          },
        },
      ],
    }),
  creditMode: (to, now) =>
    GCS02.command({
      to,
      parts: [
        {
          item: 'changePaymentMode',
          fields: {
            providerId: 0,
            issuerEventId: now,
            implementationDateTime: 0,
            proposedPaymentControlConfiguration: CREDIT_MODE,
            cutOffValue: -1,
          },
        },
      ],
    }),
  billing: { useCase: 'GCS53', unit: 'l', entryIn: gasBillingEntryIn },
}

export const fuels: readonly Fuel[] = [electricity, gas]
