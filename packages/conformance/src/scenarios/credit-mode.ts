import type { Eui64 } from '@smets2-sim/bytes'
import { logicalName, logicalNameBytes } from '@smets2-sim/cosem'
import { ECS02 } from '@smets2-sim/gbcs'

/** Activation time that means now. facts 3.2. */
const NOW = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0xff)
const name = (text: string): Uint8Array => logicalNameBytes(logicalName(text))
/** Meter balance pays for consumption and the standing charge, always. facts 5.13. */
const configuration = ['0-0:19.20.0.255', '0-0:19.20.4.255'].map((charge) => ({
  credit: name('0-0:19.10.0.255'),
  charge: name(charge),
  collection: '111',
}))

/** ECS02: credit mode, now. */
export const creditModeNow = (to: Eui64) =>
  ECS02.command({
    to,
    accountNextModeAndStatus: { paymentMode: 1, accountStatus: 2 },
    accountNextCreditChargeConfiguration: configuration,
    accountNextActivationTime: NOW,
  })
