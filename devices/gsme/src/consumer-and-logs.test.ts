import { restoreSnapshot, takeSnapshot, readZclAttribute } from '@smets2-sim/firmware'
import { CS10a, CS10b, CS11, GCS07, GCS11, GCS15e, GCS20r, GCS28, GCS36 } from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { display, enterTopUp, gsme, setDemand, setPrivacyPin, stimuli, allowAccess } from './index.js'
import { meterBench, meterId, prepaymentMode, START, tariff } from './bench.fixture.js'

type Bench = ReturnType<typeof meterBench>
const statusOf = ({ items }: { items: readonly { result: number | string }[] }): (number | string)[] =>
  items.map(({ result }) => result)
const INVALID_VALUE = 0x87

describe('what the consumer is shown', () => {
  it('is a message while it lasts', () => {
    const bench = meterBench()
    const message = (startTime: number, durationInMinutes: number) =>
      GCS07.command({
        to: meterId,
        parts: [
          {
            item: 'displayMessage',
            fields: {
              messageId: 1,
              messageControl: 0,
              startTime,
              durationInMinutes,
              message: new TextEncoder().encode('Hello'),
            },
          },
        ],
      })
    bench.send(message(START + 600, 10))
    expect(display(bench.device).message).toBeUndefined()
    bench.advance(600)
    expect(display(bench.device).message).toEqual(new TextEncoder().encode('Hello'))
    bench.advance(600)
    expect(display(bench.device).message).toBeUndefined()
    bench.send(message(0, 0xffff))
    bench.advance(100 * 86_400)
    expect(display(bench.device).message).toBeDefined()
  })
  it('is a CIN of 4 octets', () => {
    const bench = meterBench()
    const cin = (octets: number[]) =>
      GCS36.command({
        to: meterId,
        parts: [
          {
            item: 'updateCin',
            fields: { issuerEventId: START, cinTime: 0, providerId: 0, customerIDNumber: Uint8Array.from(octets) },
          },
        ],
      })
    expect(bench.send(cin([1, 2, 3, 4]), 'accessControlBroker').ok).toBe(true)
    expect(statusOf(bench.send(cin([1, 2, 3]), 'accessControlBroker'))).toEqual([INVALID_VALUE])
    expect(display(bench.device).customerIdentification).toEqual(Uint8Array.of(1, 2, 3, 4))
  })
  it('is behind a PIN, until the supplier takes it away', () => {
    const bench = meterBench()
    expect(setPrivacyPin(bench.device, '12345')).toBe(false)
    setPrivacyPin(bench.device, '1234')
    expect(allowAccess(bench.device, '0000')).toBe(false)
    const disable = GCS11.command({
      to: meterId,
      parts: [
        {
          item: 'requestNewPasswordResponse',
          fields: {
            issuerEventId: START,
            implementationDateTime: 0,
            durationInMinutes: 0,
            passwordType: 2,
            password: new Uint8Array(0),
          },
        },
      ],
    })
    bench.send(disable)
    expect(allowAccess(bench.device, '0000')).toBe(true)
  })
})

describe('logs', () => {
  const log = (bench: Bench, useCase: typeof CS10a | typeof CS10b, eventControlLogId: number, fields: object = {}) =>
    bench.send(
      useCase.command({
        to: meterId,
        parts: [
          {
            item: 'getEventLog',
            fields: {
              eventControlLogId,
              eventId: 0,
              startTime: 0,
              endTime: 0xfffffffe,
              numberOfEvents: 0,
              eventOffset: 0,
              ...fields,
            },
          },
        ],
      }),
    )
  const codes = (answer: ReturnType<typeof log>): number[] =>
    (answer.value.commands[0]?.fields['logPayload'] as { entries: { eventId: number }[] } | undefined)?.entries.map(
      ({ eventId }) => eventId,
    ) ?? []
  it('hold every command with its code, and are cleared but for the security log', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    const first = log(bench, CS10a, 0x13)
    expect(first.value.commands[0]?.fields['logPayload']).toMatchObject({
      entries: [{ logId: 3, eventId: 0x8154, data: Uint8Array.of(0x00, 0x6d) }],
    })
    expect(codes(log(bench, CS10a, 0x13, { eventId: 0x8155 }))).toEqual([])
    const clear = (logId: number) =>
      bench.send(CS11.command({ to: meterId, parts: [{ item: 'clearEventLogRequest', fields: { logId } }] })).value
        .commands[0]?.fields['clearedEventsLogs']
    expect(clear(3)).toBe(8)
    expect(codes(log(bench, CS10a, 0x13))).toEqual([0x8154])
    expect(() => clear(4)).toThrow(/itemNotInUseCase/)
    expect(codes(log(bench, CS10b, 4))).toContain(0x8f52)
    expect(codes(log(bench, CS10b, 4))).toHaveLength(2)
  })
  it('are read in parts', () => {
    const bench = meterBench()
    for (let i = 0; i < 4; i++) bench.send(prepaymentMode())
    const part = log(bench, CS10a, 0x13, { numberOfEvents: 2, eventOffset: 1 })
    expect(part.value.commands[0]?.fields['totalNumberOfEvents']).toBe(4)
    expect(codes(part)).toHaveLength(2)
    expect(codes(log(bench, CS10a, 0x13, { eventOffset: 20 }))).toEqual([])
  })
  it('of top-ups are read newest first, and only from a date on', () => {
    const bench = meterBench()
    bench.send(prepaymentMode())
    for (let n = 1; n <= 7; n++) {
      enterTopUp(bench.device, bench.token(n, n))
      bench.advance(60)
    }
    const read = (fromDateTime: number) =>
      bench.send(
        GCS15e.command({
          to: meterId,
          parts: [{ item: 'getTopUpLog', fields: { latestEndTime: 0xfffffffe, numberOfRecords: 5 }, fromDateTime }],
        }),
      ).value.commands[0]?.fields['topUpPayload'] as { amount: number }[] | undefined
    expect(read(0)?.map(({ amount }) => amount)).toEqual([7000, 6000, 5000, 4000, 3000])
    expect(read(START + 300)?.map(({ amount }) => amount)).toEqual([7000, 6000])
    expect(read(START + 3600)).toBeUndefined()
  })
  it('say how events are configured, in the order of their codes', () => {
    const bench = meterBench()
    const read = (eventId: number) =>
      bench.send(GCS20r.command({ to: meterId, parts: [{ item: 'getEventConfiguration', fields: { eventId } }] }))
    expect(read(0x81c4).value.commands[0]?.fields['eventConfigurationPayload']).toEqual(Uint8Array.of(0xc4, 0x81, 0x1b))
    expect(statusOf(read(0x8f0f))).toEqual([0x8b])
    expect((read(0x81ff).value.commands[0]?.fields['eventConfigurationPayload'] as Uint8Array).length).toBe(3 * 44)
  })
})

describe('time', () => {
  it('is set within an interval by the hub, else it is doubtful', () => {
    const bench = meterBench({ timeSource: () => bench.clock.time + 7 })
    const set = (start: string, end: string) =>
      bench.send(GCS28.command({ to: meterId, value: { validityIntervalStart: start, validityIntervalEnd: end } }))
        .value
    expect(set('20260101000000Z', '20260101000100Z')).toMatchObject({
      deviceTime: '20260101000007Z',
      deviceTimeStatus: 0,
    })
    expect(set('20260101010000Z', '20260101020000Z')).toMatchObject({ deviceTimeStatus: 2 })
    expect(bench.device.clock.status).toBe('unreliable')
  })
})

describe('time after a loss of power', () => {
  it('is doubtful until it was compared with the hub', () => {
    const bench = meterBench({ timeSource: () => bench.clock.time })
    stimuli.losePower(bench.device)
    expect(bench.device.clock.status).toBe('unreliable')
    bench.advance(86_399)
    expect(bench.device.clock.status).toBe('unreliable')
    bench.advance(1)
    expect(bench.device.clock.status).toBe('reliable')
  })
})

describe('a power cycle', () => {
  it('loses nothing of account, registers, logs and what waits for its time', () => {
    const bench = meterBench()
    bench.send(tariff({ day: [{ startMinute: 0, value: 1 }], prices: [1000, 0, 0, 0], startTime: START + 7200 }))
    bench.send(prepaymentMode())
    enterTopUp(bench.device, bench.token(1, 100))
    setDemand(bench.device, 500)
    bench.advance(5000)
    const saved = takeSnapshot(bench.device)
    const again = gsme(meterId, bench.device.ports)
    restoreSnapshot(again, saved)
    expect(display(again)).toEqual(display(bench.device))
    const slots = (device: typeof again): string[] => device.futureDated.all().map(({ slot, at }) => `${at} ${slot}`)
    expect(slots(again)).toEqual(slots(bench.device))
    expect([...again.log('sampledData.profile').entries()]).toEqual([
      ...bench.device.log('sampledData.profile').entries(),
    ])
    bench.clock.time += 5000
    again.tick()
    bench.device.tick()
    expect(display(again)).toEqual(display(bench.device))
    expect(
      readZclAttribute(
        again.profile.zcl as never,
        { device: again, now: again.now },
        metering,
        metering.attributes.currentTier1SummationDelivered.id,
      ).value,
    ).toBe(388)
  })
})
