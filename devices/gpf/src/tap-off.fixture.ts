import { eui64 } from '@smets2-sim/bytes'
import type { CommandRequest, MessageBody } from '@smets2-sim/gbcs'
import { decodeGbz, encodeGbz, encodeMessage, GCS44 } from '@smets2-sim/gbcs'
import { foundation } from '@smets2-sim/zcl'
import { parties } from '../../../packages/firmware/src/gas/bench.fixture.js'

const START = 820_540_800
const empty = new Uint8Array(0)

/** Writes how the supplier is to be reached, now or at a time. */
export const contact = (name: string, providerChangeImplementationTime = 0) =>
  GCS44.command({
    to: eui64('00db1234567890a1'),
    parts: [
      {
        item: 'publishChangeOfSupplier',
        fields: {
          currentProviderId: 0,
          issuerEventId: START,
          tariffType: 0,
          proposedProviderId: 0,
          providerChangeImplementationTime,
          providerChangeControl: 0x1800,
          proposedProviderName: new TextEncoder().encode(name),
          proposedProviderContactDetails: empty,
        },
      },
    ],
  })

/** A command, and a response in which every component was answered with a status; neither is protected. */
export function exchange(request: CommandRequest, originatorCounter: bigint, status = 0) {
  const context = { originatorCounter, originator: parties.supplier.id, target: request.target }
  const body: MessageBody = {
    ...context,
    kind: 'command',
    otherInformation: { messageCode: request.useCase.code },
    content: request.payload(context),
  }
  const answers = decodeGbz(body.content).map(({ clusterId, last, frame }) => ({
    clusterId,
    last,
    frame: {
      frameControl: 0,
      sequence: frame.sequence,
      commandId: foundation.defaultResponse.id,
      payload: Uint8Array.of(frame.commandId, status),
    },
  }))
  return {
    command: encodeMessage(body),
    response: encodeMessage({
      ...body,
      kind: 'response',
      originator: request.target,
      target: parties.supplier.id,
      content: encodeGbz(answers),
    }),
  }
}
