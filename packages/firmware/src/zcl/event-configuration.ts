import { Reader, Writer } from '@smets2-sim/bytes'
import { type AlertCode, alertCodes, behaviourSettings, type BehaviourChannel } from '@smets2-sim/gbcs'
import { zclStatus } from '@smets2-sim/zcl'
import { behaviourItem } from '../alerts/behaviour.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { notFound } from './fields.js'
import { type ClusterServer, type ZclAnswer, type ZclContext, ZclError } from './profile.js'

/** What a gas meter does about an event: which log it keeps it in (0 to 5), and bits of what else. facts 4.3. */
export interface EventConfiguration {
  readonly eventId: number
  readonly configuration: number
}
const LOG_MASK = 0x07
const GENERAL_LOG = 3
const bits: Readonly<Record<Exclude<BehaviourChannel, 'logging'>, number>> = { wan: 0x08, han: 0x10, audible: 0x40 }

/** Events that can be configured: those of the supplier, in the order in which the meter reports them. */
const stored: Item<readonly EventConfiguration[] | undefined> = item('eventConfiguration', undefined)
const SUPPLIER_EVENTS = 0x81

const initialOf = ({ code, wan, han, logs }: AlertCode): EventConfiguration => ({
  eventId: code,
  configuration: (wan > 0 ? bits.wan : 0) | (han ? bits.han : 0) | (logs.event ? GENERAL_LOG : 0),
})
const initial = (device: Device): EventConfiguration[] =>
  alertCodes
    .filter(({ code, devices }) => code >> 8 === SUPPLIER_EVENTS && devices.includes(device.kind))
    .map(initialOf)

export const eventConfigurations = (device: Device): readonly EventConfiguration[] =>
  device.items.read(stored) ?? initial(device)

const isOn = (configuration: number, channel: BehaviourChannel): boolean =>
  channel === 'logging' ? (configuration & LOG_MASK) !== 0 : (configuration & bits[channel]) !== 0

/** Keeps configurations, and sets the behaviour of alerts by them. */
function keep(device: Device, configurations: readonly EventConfiguration[]): void {
  device.items.write(stored, configurations)
  for (const channel of ['wan', 'han', 'audible', 'logging'] as const) {
    const on = configurations.filter(({ configuration }) => isOn(configuration, channel))
    device.items.write(
      behaviourItem('supplier', channel),
      behaviourSettings(
        'supplier',
        on.map(({ eventId }) => eventId),
      ),
    )
  }
}

/** Identifiers xxFF stand for all events of their group. facts 4.3. */
const selected = (eventId: number, asked: number): boolean =>
  (asked & 0xff) === 0xff ? eventId >> 8 === asked >> 8 : eventId === asked

/** Configuration controls: by a list of events, or by their group. Others of the ZCL are not used in GBCS. */
const BY_LIST = 0
const BY_GROUP = 1

function eventsOf(control: number, payload: Uint8Array): number[] {
  const reader = new Reader(payload)
  if (control !== BY_LIST && control !== BY_GROUP) throw new ZclError(zclStatus.invalidField)
  const count = control === BY_LIST ? reader.u8('number of events') : 1
  const ids = Array.from({ length: count }, () => reader.uintLe(2, 'event identifier'))
  reader.end('the event configuration')
  return ids
}

/** GCS20. An event that cannot be configured ends the command, and nothing of it is kept. */
function setEventConfiguration({ device }: ZclContext, fields: Readonly<Record<string, any>>): void {
  const asked = eventsOf(fields['configurationControl'], fields['eventConfigurationPayload'])
  const before = eventConfigurations(device)
  if (!asked.every((id) => before.some(({ eventId }) => selected(eventId, id))))
    throw new ZclError(zclStatus.invalidValue)
  keep(
    device,
    before.map((one) =>
      asked.some((id) => selected(one.eventId, id))
        ? { ...one, configuration: fields['eventConfiguration'] as number }
        : one,
    ),
  )
}

/** GCS20r. */
function getEventConfiguration({ device }: ZclContext, { eventId: asked }: Readonly<Record<string, any>>): ZclAnswer {
  const found = eventConfigurations(device).filter(({ eventId }) => selected(eventId, asked))
  if (found.length === 0) return notFound
  const payload = new Writer(3 * found.length)
  for (const { eventId, configuration } of found) payload.uintLe(2, eventId).u8(configuration)
  const fields = { commandIndex: 0, totalCommands: 1, eventConfigurationPayload: payload.done() }
  return [{ command: 'reportEventConfiguration', fields }]
}

function learnConfiguration(
  { device }: ZclContext,
  { eventConfigurationPayload }: Readonly<Record<string, any>>,
): void {
  const reader = new Reader(eventConfigurationPayload)
  const reported: EventConfiguration[] = []
  while (reader.remaining > 0)
    reported.push({ eventId: reader.uintLe(2, 'event identifier'), configuration: reader.u8('configuration') })
  keep(device, reported)
}

export const eventConfiguration: ClusterServer = {
  commands: {
    'deviceManagement.setEventConfiguration': {
      handle: setEventConfiguration,
      startTime: ({ startDateTime }) => startDateTime as number,
    },
    'deviceManagement.getEventConfiguration': { handle: getEventConfiguration },
  },
  learns: { 'deviceManagement.reportEventConfiguration': learnConfiguration },
}
