import { fromHex, toHex } from '@smets2-sim/bytes'
import { encodeData } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { type Device, primeAttribute, primeAttributeData, primeMethodData, readAttribute } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'
import { debts, prepayment, tariff, toPrepayment } from '../testing/settings.fixture.js'

const to = deviceId
const attributes = [...(new MeterBench().meter.profile.cosem?.members.values() ?? [])].filter(
  (member): member is o.Attribute<any> => member.kind === 'attribute',
)
/** What an attribute reads as, as octets; undefined for one that cannot be read. */
function octetsOf(device: Device, member: o.Attribute<any>): string | undefined {
  try {
    return toHex(encodeData(member.schema.encode(readAttribute(device, member))))
  } catch {
    return undefined
  }
}

/** A meter that has seen something of life. */
function used(variant: 'twinElement' | 'polyphase'): MeterBench {
  const bench = new MeterBench({ variant, controllers: ['alcs', 'hcalcs', 'apc'], boostFunction: true })
  bench.ask(
    tariff({
      switchings: [
        ['0000', 1],
        ['0400', 103],
      ],
      prices: [9000],
      blockPrices: [1, 2, 3],
      standingCharge: 50,
    }),
  )
  bench.ask(prepayment())
  bench.ask(debts({ timeDebt1: 500, timeDebt2: 700, paymentDebt: 900, rate1: 10, rate2: 20, perPayment: 100 }))
  bench.ask(toPrepayment({ suspendDebtDisabled: true, suspendDebtEmergency: true }))
  bench.topUp(bench.token(5000))
  bench.ask(o.ECS47.command({ to, auxiliaryLoadControlScripts: 0x0111 }))
  bench.meter.load({ watts: 4000, powerFactor: 0.9 })
  if (variant === 'twinElement') bench.meter.load({ watts: 500, element: 'secondary' })
  bench.meter.supplyVoltage(270, variant === 'polyphase' ? 2 : 1)
  bench.pass(3 * 86_400 + 5 * 3600)
  bench.meter.load({ watts: -1000 })
  bench.pass(3600)
  return bench
}

describe('priming', () => {
  it.each(['twinElement', 'polyphase'] as const)(
    'makes the meter of a bench read as a used %s meter does',
    (variant) => {
      const from = used(variant)
      const bench = new MeterBench()
      bench.pass(from.now - bench.now)
      const values = attributes.flatMap((member) => {
        const octets = octetsOf(from.meter, member)
        return octets === undefined ? [] : [[member, octets] as const]
      })
      expect(values.length).toBeGreaterThan(100)
      for (const [member] of values) primeAttribute(bench.meter, member, readAttribute(from.meter, member))
      for (const [member, octets] of values)
        expect([member.item, octetsOf(bench.meter, member)]).toEqual([member.item, octets])
      // registers go on from what they were primed to, a reading that is computed goes back to what it is
      const { activeImportWh } = readAttribute(from.meter, o.importRegisterCollection.value)
      bench.meter.load({ watts: 3600 })
      bench.pass(1000)
      expect(readAttribute(bench.meter, o.importRegisterCollection.value).activeImportWh).toBe(activeImportWh + 1000)
    },
  )

  it('holds a reading that no state gives, for as long as it is', () => {
    const bench = new MeterBench()
    primeAttribute(bench.meter, o.activeTariffPrice.value, 4711)
    primeAttribute(bench.meter, o.maximumDemandImport.captureTime, fromHex('07ea0101040000000a8000ff'))
    const read = () => [
      readAttribute(bench.meter, o.activeTariffPrice.value),
      toHex(readAttribute(bench.meter, o.maximumDemandImport.captureTime)),
    ]
    expect(read()).toEqual([4711, '07ea0101040000000a8000ff'])
    bench.pass(1)
    expect(read()).toEqual([0, '07ea0101ff000000008000ff'])
  })

  it('lets a method find a state in which it succeeds', () => {
    const invoke = (request: Parameters<MeterBench['send']>[0], member: o.Method<any>, value: unknown) => {
      const results = [false, true].map((prepared) => {
        const bench = new MeterBench()
        if (prepared) primeMethodData(bench.meter, member.key, member.schema.encode(value))
        return bench.send(request).reading?.ok
      })
      expect(results).toEqual([false, true])
    }
    invoke(o.ECS09.command({ to }), o.emergencyCredit.invokeCredit, 0)
    invoke(o.ECS44.command({ to }), o.supplyScripts.execute, 54)
    const bench = new MeterBench()
    const token = bench.token(100)
    primeMethodData(bench.meter, o.tokenGateway.enter.key, o.tokenGateway.enter.schema.encode(new Uint8Array(20)))
    expect(bench.topUp(token).reading?.ok).toBe(true)
  })

  it('tells nobody', () => {
    const bench = new MeterBench()
    primeAttribute(bench.meter, o.account.modeAndStatus, { paymentMode: 2, accountStatus: 2 })
    primeAttribute(bench.meter, o.meterBalance.currentCreditAmount, -5000)
    primeAttributeData(bench.meter, o.supplyState.controlState.key, { type: 'enum', value: 2 })
    expect([bench.sent, bench.logged('event')]).toEqual([[], []])
    expect(bench.ask(o.ECS45.command({ to })).supplyState).toBe(2)
  })
})
