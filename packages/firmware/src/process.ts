import { GbcsError } from '@smets2-sim/bytes'
import type { Device } from './device.js'
import { executeAsn1 } from './asn1/executor.js'
import { executeCosem } from './cosem/executor.js'
import type { Execution, PayloadResult } from './execution.js'
import { admit, type Admitted, type Discarded } from './gate/gate.js'
import type { Outcome } from './gate/outcome.js'
import { react } from './gate/reactions.js'
import { sequenceOf } from './state/counters.js'
import { respond } from './response/respond.js'
import { sealerFor } from './response/seal.js'
import { raise } from './alerts/raise.js'
import { contingencyKeyFor } from './credentials/contingency.js'
import { peerKey } from './credentials/device-log.js'
import { executeGbz } from './zcl/executor.js'

/** The way of a command: gate, payload, response. */
export function process(device: Device, bytes: Uint8Array): Outcome {
  const { ports, profile } = device
  const admission = admit(bytes, {
    id: device.id,
    kind: device.kind,
    crypto: ports.crypto,
    keys: ports.keys,
    anchors: device.anchors,
    counters: device.counters,
    useCase: (code) => profile.useCases.get(code),
    peerKey: (id) => peerKey(device, id),
    contingencyKey: (content) => contingencyKeyFor(device, content),
  })
  if (admission.kind === 'discarded') return react(device, admission)

  // the counter is kept before the effect, so that a crash between the two cannot be used to replay
  if (admission.role !== 'device') {
    const { useCase, role, message } = admission
    if (useCase.replayProtected) device.counters.accept(sequenceOf(useCase, role), message.originatorCounter)
    device.save()
  }
  const seal = sealerFor(device, admission)
  const execution: Execution = {
    device,
    ...admission,
    now: device.now,
    seal: seal.seal,
    afterwards: (action) => void later.push(action),
  }
  const later: (() => void)[] = []
  const result = executePayload(execution)
  if (result.kind === 'refused') return react(device, refused(result, admission))
  logCommand(execution, result.ok)
  const response = respond(device, admission, result, seal.counterUsed())
  for (const action of later) action()
  return { kind: 'responded', useCase: admission.useCase.name, role: admission.role, response }
}

const refused = (
  { reason, detail }: PayloadResult & { kind: 'refused' },
  { role, message, useCase }: Admitted,
): Discarded => ({
  kind: 'discarded',
  reason,
  detail,
  useCase: useCase.name,
  originator: message.originator,
  ...(role !== 'device' && { role }),
})

function executePayload(execution: Execution): PayloadResult {
  const { device, useCase } = execution
  try {
    switch (device.profile.useCases.get(useCase.code)?.payload) {
      case 'cosem':
        return executeCosem(execution)
      case 'gbz':
        return executeGbz(execution)
      default:
        return executeAsn1(execution)
    }
  } catch (error) {
    if (error instanceof GbcsError) return { kind: 'refused', reason: 'malformedPayload', detail: error.message }
    throw error
  }
}

/** Every command that was executed leaves an event with its message code. facts 2.1 step 8. */
function logCommand({ device, message }: Execution, ok: boolean): void {
  const { messageCode } = message.otherInformation
  raise(
    device,
    ok
      ? 'immediateHanInterfaceCommandReceivedAndSuccessfullyActioned'
      : 'immediateHanInterfaceCommandReceivedButNotSuccessfullyActioned',
    { event: Uint8Array.of(messageCode >> 8, messageCode & 0xff) },
  )
}
