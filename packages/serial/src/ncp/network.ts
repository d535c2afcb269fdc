import { GbcsError } from '@smets2-sim/bytes'
import { type ApsIndication, type ApsRequest, EVERYONE, NO_ACKNOWLEDGEMENT } from './aps.js'
import type { NcpDevice, NcpEvent, NcpNetworkView } from './view.js'
import { answerZcl, encodeReports, TUNNELLING } from './zcl-answer.js'
import { answerZdo, deviceAnnounce, encodeSimpleDescriptor, type ZdoNode } from './zdo.js'

const ZDO_PROFILE = 0x0000
/** Manufacturer whose stick is played. */
const STICK_MANUFACTURER = 0x1135

/** What a frame that was sent leads to: whether it arrived, and what comes back, now or later. */
export interface Sending {
  /** 0, or the APS status that says why not. */
  readonly status: number
  readonly answers: readonly Promise<ApsIndication | undefined>[]
}

/** A device in the words of the ZigBee device object. Tunnels are not shown. */
const nodeOf = (device: NcpDevice): ZdoNode => ({
  ...device,
  descriptors: device.endpoints.map((endpoint) =>
    encodeSimpleDescriptor({
      ...endpoint,
      inputClusters: endpoint.inputClusters.filter((cluster) => cluster !== TUNNELLING),
      outputClusters: endpoint.outputClusters.filter((cluster) => cluster !== TUNNELLING),
    }),
  ),
})

function answerOf(request: ApsRequest, source: number, answer: { cluster: number; asdu: Uint8Array }): ApsIndication {
  const sourceEndpoint = request.to.kind === 'group' ? 0 : request.to.endpoint
  return {
    destinationEndpoint: request.sourceEndpoint,
    source,
    sourceEndpoint,
    profile: request.profile,
    cluster: answer.cluster,
    asdu: answer.asdu,
  }
}

/** The radio side of the stick: the view of the network as frames. */
export class RadioNetwork {
  readonly #view: NcpNetworkView
  readonly #descriptors: () => readonly Uint8Array[]
  #sequence = 0

  /** @param descriptors the coordinator's own applications, as its parameters have them now */
  constructor(view: NcpNetworkView, descriptors: () => readonly Uint8Array[]) {
    this.#view = view
    this.#descriptors = descriptors
  }

  /** Sends a frame of the program into the network. */
  send(request: ApsRequest): Sending {
    const { to } = request
    const toEveryone = to.kind === 'group' || (to.kind === 'short' && to.address >= EVERYONE)
    const nodes = [this.#coordinator(), ...this.#view.devices().map(nodeOf)]
    const reached = nodes.filter(
      (node) => toEveryone || (to.kind === 'short' ? node.shortAddress === to.address : node.eui64 === to.address),
    )
    if (reached.length === 0) return { status: NO_ACKNOWLEDGEMENT, answers: [] }
    // A frame of an application that is sent to everyone wants no answer.
    const answering = request.profile === ZDO_PROFILE || !toEveryone ? reached : []
    return { status: 0, answers: answering.map((node) => this.#answer(request, node, toEveryone)) }
  }
  /** The frame in which a device says that it is there. */
  announcement(device: NcpDevice): ApsIndication {
    const asdu = deviceAnnounce(this.#nextSequence(), nodeOf(device))
    return { ...unasked(device, 0, 0), profile: ZDO_PROFILE, cluster: 0x0013, asdu }
  }
  /** The frame in which a device reports; undefined when there is no such device or application. */
  report(event: Extract<NcpEvent, { kind: 'reported' }>): ApsIndication | undefined {
    const device = this.#view.devices().find(({ eui64 }) => eui64 === event.device)
    const endpoint = device?.endpoints.find(({ id }) => id === event.endpoint)
    if (!device || !endpoint || event.cluster === TUNNELLING) return undefined
    const asdu = encodeReports(this.#nextSequence(), event)
    return { ...unasked(device, endpoint.id, 1), profile: endpoint.profile, cluster: event.cluster, asdu }
  }

  #coordinator(): ZdoNode {
    const { eui64 } = this.#view.coordinator
    const descriptors = this.#descriptors()
    return { eui64, shortAddress: 0, kind: 'coordinator', manufacturerCode: STICK_MANUFACTURER, descriptors }
  }
  #nextSequence(): number {
    return (this.#sequence = (this.#sequence + 1) & 0xff)
  }
  async #answer(request: ApsRequest, node: ZdoNode, toEveryone: boolean): Promise<ApsIndication | undefined> {
    try {
      if (request.profile === ZDO_PROFILE) {
        const answer = answerZdo(node, request.cluster, request.asdu, toEveryone)
        return answer && answerOf(request, node.shortAddress, answer)
      }
      const device = this.#view.devices().find(({ eui64 }) => eui64 === node.eui64)
      if (!device || request.to.kind === 'group') return undefined
      const asdu = await answerZcl(this.#view, device, request.to.endpoint, request.cluster, request.asdu)
      return asdu && answerOf(request, node.shortAddress, { cluster: request.cluster, asdu })
    } catch (error) {
      // A real device says nothing to octets that are no frame.
      if (error instanceof GbcsError) return undefined
      throw error
    }
  }
}

const unasked = (
  device: NcpDevice,
  sourceEndpoint: number,
  destinationEndpoint: number,
): Pick<ApsIndication, 'source' | 'sourceEndpoint' | 'destinationEndpoint'> => ({
  source: device.shortAddress,
  sourceEndpoint,
  destinationEndpoint,
})
