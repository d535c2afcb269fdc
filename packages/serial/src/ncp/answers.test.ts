import { concat, fromHex, GbcsError, toHex, utf8 } from '@smets2-sim/bytes'
import {
  dataTypeId as t,
  decodeFields,
  decodeFrame,
  encodeFields,
  encodeFrame,
  foundation,
  frameControl,
  zclStatus,
} from '@smets2-sim/zcl'
import { describe, expect, it } from 'vitest'
import { everyone, ieee, program, short, soon } from './program.fixture.js'
import type { NcpDevice, NcpNetworkView } from './view.js'
import { fixtureView, meter, meterId } from './view.fixture.js'
import { decodeWishes } from './zcl-answer.js'

describe('device objects', () => {
  /** The response to a request of these octets after the sequence number. */
  async function ask(
    to: Uint8Array,
    cluster: number,
    hex: string,
    devices?: readonly NcpDevice[],
  ): Promise<string | undefined> {
    const { send, confirm, indication, problems } = program(fixtureView(devices))
    send(to, { cluster, asdu: concat(Uint8Array.of(0x55), fromHex(hex)) })
    expect(confirm()).toBe(0)
    await soon()
    expect(problems).toEqual([])
    const found = indication()
    expect(indication()).toBeUndefined()
    return found && `${found.source.toString(16)} ${found.cluster.toString(16)} ${toHex(found.asdu)}`
  }
  const node = short(0x4e1a)
  const sleepy: NcpDevice = { ...meter, kind: 'sleepyEndDevice' }
  it.each([
    ['active endpoints, tunnels unseen', node, 0x0005, '1a4e', '4e1a 8005 55001a4e0101'],
    ['simple descriptor', node, 0x0004, '1a4e01', '4e1a 8004 55001a4e0c010901000501020000020700'],
    ['descriptor of no application', node, 0x0004, '1a4e09', '4e1a 8004 55821a4e00'],
    ['node descriptor', node, 0x0002, '1a4e', '4e1a 8002 55001a4e01408ede10528000002c800000'],
    ['power descriptor', node, 0x0003, '1a4e', '4e1a 8003 55001a4e10c1'],
    ['node descriptor of another', node, 0x0002, '2222', '4e1a 8002 55812222'],
    ['bind', node, 0x0021, '', '4e1a 8021 5500'],
    ['leave', node, 0x0034, '', '4e1a 8034 5584'],
    ['address of the short one', node, 0x0001, '1a4e0000', '4e1a 8001 5500000001301fd5b3901a4e'],
    [
      'address by EUI-64, with list',
      ieee(meterId),
      0x0000,
      '000001301fd5b3900100',
      '4e1a 8000 5500000001301fd5b3901a4e00',
    ],
    ['address asked of everyone', everyone, 0x0000, '000001301fd5b3900000', '4e1a 8000 5500000001301fd5b3901a4e'],
    ['the coordinator itself', short(0), 0x0005, '0000', '0 8005 550000000201f2'],
  ])('answer: %s', async (_, to, cluster, hex, response) => {
    expect(await ask(to, cluster, hex)).toBe(response)
  })
  it('tell a sleepy device from one on the mains', async () => {
    expect(await ask(node, 0x0002, '1a4e', [sleepy])).toContain('55001a4e024080')
    expect(await ask(node, 0x0003, '1a4e', [sleepy])).toContain('55001a4e41c4')
  })
  it.each([
    ['a request cut short', node, 0x0002, '1a'],
    ['an announcement', node, 0x0013, '1a4e000001301fd5b3908e'],
    ['a response', node, 0x8002, '00'],
    ['what is asked of everyone but of none', everyone, 0x0005, '1a4e'],
  ])('say nothing to %s', async (_, to, cluster, hex) => {
    expect(await ask(to, cluster, hex)).toBeUndefined()
  })
})

describe('applications', () => {
  const toMeter = short(0x4e1a, 1)
  async function ask(
    frame: { commandId: number; payload: Uint8Array; cluster?: boolean; manufacturerCode?: number; control?: number },
    {
      cluster = 0x0702,
      view = fixtureView(),
      to = toMeter,
    }: { cluster?: number; view?: NcpNetworkView; to?: Uint8Array } = {},
  ) {
    const { send, indication, confirm, problems } = program(view)
    const { manufacturerCode } = frame
    const control =
      frameControl({ cluster: frame.cluster ?? false, fromServer: false }) | (manufacturerCode === undefined ? 0 : 4)
    const asdu = encodeFrame({
      frameControl: control,
      sequence: 0x33,
      commandId: frame.commandId,
      payload: frame.payload,
      ...(manufacturerCode !== undefined && { manufacturerCode }),
    })
    send(to, { profile: 0x0104, cluster, asdu })
    expect(confirm()).toBe(0)
    await soon()
    const found = indication()
    return {
      answer: found && { ...decodeFrame(found.asdu), profile: found.profile, length: found.asdu.length },
      problems,
    }
  }
  const refusal = (commandId: number, status: number) => ({
    commandId: foundation.defaultResponse.id,
    frameControl: 0x18,
    sequence: 0x33,
    payload: Uint8Array.of(commandId, status),
  })
  const readOf = (...attributes: number[]) => ({
    commandId: 0x00,
    payload: encodeFields(foundation.readAttributes, { attributes }),
  })

  it('read what the view has, in the profile of the request', async () => {
    const { answer } = await ask(readOf(0x0000, 0x0400, 0x0999))
    expect(answer).toMatchObject({ commandId: 0x01, sequence: 0x33, profile: 0x0104 })
    expect(decodeFields(foundation.readAttributesResponse, answer?.payload ?? utf8('')).results).toEqual([
      { id: 0x0000, status: 0, data: { type: t.uint48, value: 12_345_678 } },
      { id: 0x0400, status: 0, data: { type: t.int24, value: 3000 } },
      { id: 0x0999, status: zclStatus.unsupportedAttribute },
    ])
  })
  it('answer no more than fits', async () => {
    const data = { type: t.octetString, value: new Uint8Array(60) }
    const view = {
      ...fixtureView(),
      readAttributes: (_d: unknown, _e: number, _c: number, ids: readonly number[]) =>
        ids.map((id) => ({ id, status: 0, data })),
    }
    const { answer } = await ask(readOf(1, 2, 3, 4, 5), { view })
    expect(answer?.length).toBeLessThan(220)
    expect(decodeFields(foundation.readAttributesResponse, answer?.payload ?? utf8('')).results).toHaveLength(3)
  })
  it.each([
    ['a tunnel', { commandId: 0x00, payload: fromHex('03'), cluster: true }, { cluster: 0x0704 }, refusal(0x00, 0xc3)],
    ['a read of a tunnel', readOf(0), { cluster: 0x0704 }, refusal(0x00, 0xc3)],
    ['a cluster that is not there', readOf(0), { cluster: 0x0006 }, refusal(0x00, 0xc3)],
    ['an application that is not there', readOf(0), { to: short(0x4e1a, 9) }, refusal(0x00, 0xc3)],
    ['a command of a cluster', { commandId: 0x0b, payload: fromHex(''), cluster: true }, {}, refusal(0x0b, 0x81)],
    ['a general command that is unknown', { commandId: 0x0c, payload: fromHex('') }, {}, refusal(0x0c, 0x82)],
    ['a command of a manufacturer', { ...readOf(0), manufacturerCode: 0x1234 }, {}, refusal(0x00, 0x84)],
    ['a read that is cut short', { commandId: 0x00, payload: fromHex('00') }, {}, refusal(0x00, 0x80)],
    [
      'a wish of a type that is unknown',
      { commandId: 0x06, payload: fromHex('00 0004 39 0000 0000') },
      {},
      refusal(0x06, 0x80),
    ],
  ])('refuse %s', async (_, frame, options, refused) => {
    expect((await ask(frame, options)).answer).toMatchObject(refused)
  })
  it('let nothing be written', async () => {
    const payload = encodeFields(foundation.writeAttributes, {
      records: [{ id: 0x0300, data: { type: t.enum8, value: 1 } }],
    })
    expect((await ask({ commandId: 0x02, payload })).answer).toMatchObject({
      commandId: 0x04,
      payload: fromHex('880003'),
    })
  })
  it('hand wishes for reports to the view', async () => {
    const view = fixtureView()
    const wish = fromHex('00 0004 2a 0500 100e 0a0000')
    expect((await ask({ commandId: 0x06, payload: wish }, { view })).answer).toMatchObject({
      commandId: 0x07,
      payload: fromHex('00'),
    })
    expect(view.wishes).toEqual([{ attribute: 0x0400, type: t.int24, minS: 5, maxS: 3600, change: 10 }])
    const other = concat(wish, fromHex('00 0003 30 0000 ffff'), fromHex('01 0003 0000'))
    expect((await ask({ commandId: 0x06, payload: other }, { view })).answer).toMatchObject({
      payload: fromHex('86000003'),
    })
    const { configureReporting: _, ...none } = view
    expect((await ask({ commandId: 0x06, payload: wish }, { view: none })).answer).toMatchObject({
      payload: fromHex('8c000004'),
    })
    expect(() => decodeWishes(fromHex('00 0004 2a 0500'))).toThrowError(GbcsError)
  })
  it('report in the profile of their endpoint, and never of a tunnel', () => {
    const { stick, indication } = program()
    const records = [{ id: 0x0400, data: { type: t.int24, value: 7 } }]
    stick.event({ kind: 'reported', device: meterId, endpoint: 1, cluster: 0x0704, records })
    stick.event({ kind: 'reported', device: meterId, endpoint: 9, cluster: 0x0702, records })
    stick.event({ kind: 'reported', device: meterId, endpoint: 1, cluster: 0x0702, records })
    expect(indication()).toMatchObject({
      endpoint: 1,
      profile: 0x0109,
      cluster: 0x0702,
      asdu: fromHex('1801 0a 0004 2a 070000'),
    })
    expect(indication()).toBeUndefined()
  })
  it('say nothing to a default response, to a group, or to what is no frame', async () => {
    expect((await ask({ commandId: 0x0b, payload: fromHex('0000') })).answer).toBeUndefined()
    expect((await ask(readOf(0), { to: fromHex('01 0000') })).answer).toBeUndefined()
    const { send, indication, problems } = program()
    send(toMeter, { profile: 0x0104, cluster: 0x0702, asdu: fromHex('00') })
    await soon()
    expect(indication()).toBeUndefined()
    expect(problems).toEqual([])
  })
  it('tell when the view breaks down', async () => {
    const view = { ...fixtureView(), readAttributes: () => Promise.reject(new Error('asleep')) }
    expect((await ask(readOf(0), { view })).problems).toEqual(['the network broke down over a frame: asleep'])
  })
})
