import { toHex } from '@smets2-sim/bytes'
import { alertOf, decodeMessage } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../gbcs/src/rtds.fixture.js'
import { preCommandOf, readAlert, typedRequestOf } from './index.js'

const references = (kind: string) =>
  rtdsMessages()
    .filter((row) => row.kind === kind)
    .map((row) => ({ ...row, message: decodeMessage(row.bytes) }))

describe.skipIf(!rtds)('reference messages', () => {
  it('every precommand comes back from its typed request, bit for bit', () => {
    const precommands = references('precommand')
    expect(precommands.length).toBeGreaterThan(100)
    for (const { file, message, bytes } of precommands) {
      const { originator, originatorCounter, otherInformation, preCommand } = message
      const { messageCode: _, ...supplementary } = otherInformation
      const built = preCommandOf(typedRequestOf(message), { originator, originatorCounter, supplementary }, preCommand)
      expect([file, toHex(built)]).toEqual([file, toHex(bytes)])
    }
  })
  it('every alert is read, and those about a dated command name it', () => {
    const alerts = references('alert')
    expect(alerts.length).toBeGreaterThan(50)
    const dated = [0x00ca, 0x00cb, 0x00cc, 0x00cd, 0x0124]
    for (const { file, message, useCase } of alerts) {
      const reading = readAlert(message)
      expect([file, alertOf(reading.code)?.title]).toEqual([file, reading.title])
      expect([file, reading.time > 0]).toEqual([file, true])
      const isDated = dated.includes(message.otherInformation.messageCode)
      expect([file, reading.executed !== undefined]).toEqual([file, isDated])
      if (reading.executed)
        expect([file, useCase.startsWith(reading.executed.useCase.slice(0, 4))]).toEqual([file, true])
    }
  })
})
