import { toHex, toLatin1 } from '@smets2-sim/bytes'
import { decodeGbz, decodeMessage, PCS01, withMac } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../packages/gbcs/src/rtds.fixture.js'
import { topUpResult } from './commands.js'
import { gasCommandMessage, gasMeterOf } from './gas-commands.js'
import { PrepaidHome } from './home.fixture.js'

describe.skipIf(!rtds)('the reference messages of a prepayment display', () => {
  const messages = rtdsMessages().filter(({ useCase }) => useCase.startsWith('PCS'))
  it.each(messages.filter(({ kind }) => kind === 'command'))('$scenario is built octet by octet', ({ bytes }) => {
    const reference = decodeMessage(bytes)
    const home = new PrepaidHome()
    home.joinGas()
    const meter = gasMeterOf(home.ppmid)
    if (!meter) throw new Error('not joined')
    const command = reference.otherInformation.messageCode === PCS01.code ? 'topUp' : 'activateEmergencyCredit'
    const digits = command === 'topUp' ? toLatin1(digitsOf(reference.content)) : ''
    const { originatorCounter } = reference
    const own = decodeMessage(gasCommandMessage(home.ppmid, meter, { command, originatorCounter }, digits))
    expect(toHex(own.content)).toBe(toHex(reference.content))
    // its identities and its keys are others: with theirs in the header it is the same message but for the MAC
    const grouped = reference.groupedOctets.slice()
    for (const [at, title] of [
      [13, own.groupedOctets.subarray(13, 21)],
      [22, own.groupedOctets.subarray(22, 30)],
    ] as const)
      grouped.set(title, at)
    expect(toHex(withMac(grouped, own.mac as Uint8Array))).toBe(
      toHex(withMac(own.groupedOctets, own.mac as Uint8Array)),
    )
  })
  it('say in the response what the screen shows', () => {
    const response = messages.find(({ kind, useCase }) => kind === 'response' && useCase === 'PCS01')
    const reading = PCS01.command({ to: home, parts: [] }).read(
      decodeMessage((response as { bytes: Uint8Array }).bytes).content,
      { originatorCounter: 0n, originator: home, target: home },
      () => undefined,
    )
    const { fields } = reading.value.commands[0] as { fields: Readonly<Record<string, unknown>> }
    expect(topUpResult(fields)).toEqual({ state: 'done', text: 'Accepted: £20.25, balance £45.25' })
  })
})
const home = new PrepaidHome().ppmid.id
/** Digits of the token in a PCS01: after the originating device and the length. */
const digitsOf = (content: Uint8Array): Uint8Array =>
  (decodeGbz(content)[0] as { frame: { payload: Uint8Array } }).frame.payload.subarray(2)
