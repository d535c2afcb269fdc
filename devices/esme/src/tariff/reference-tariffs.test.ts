import { decodeAccessRequest, fromIso } from '@smets2-sim/cosem'
import {
  activitySwitchings,
  blockThresholdsFrom,
  segmentAt,
  specialDaysFrom,
  switchingTableFrom,
} from '@smets2-sim/firmware'
import {
  blockThresholdsTou1Next,
  consumptionCharge,
  decodeMessage,
  type Member,
  secondaryConsumptionCharge,
  secondaryTariffSwitchingTable,
  standingCharge,
  tariffSpecialDaysNext,
  tariffSwitchingTable,
} from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { rtds, rtdsMessages } from '../../../../packages/gbcs/src/rtds.fixture.js'
import { pricesFrom, secondaryPricesFrom, standingChargeFrom } from './prices.js'

/** What the command of a scenario sets a member to. */
function setIn(scenario: string): <T>(member: Member<T>) => T {
  const row = rtdsMessages().find((message) => message.kind === 'command' && message.file.includes(scenario))
  if (!row) throw new Error(`no command ${scenario}`)
  const { items } = decodeAccessRequest(decodeMessage(row.bytes).content)
  return (member) => {
    const found = items.find(
      (i) =>
        i.kind === 'set' &&
        i.classId === member.classId &&
        i.logicalName === member.logicalName &&
        i.index === member.index,
    )
    if (found?.kind !== 'set') throw new Error(`${scenario} does not set ${member.item}`)
    return member.schema.decode(found.data)
  }
}

describe.skipIf(!rtds)('tariffs of the reference messages', () => {
  it('ECS01a with time of use and blocks', () => {
    const value = setIn('ECS01a_1.1.1_FUTURE_DATED_TOU_BLOCK_SUCCESS')
    const prices = pricesFrom(value(consumptionCharge.unitChargePassive))
    expect(prices.touMillipencePerKwh[0]).toBe(2121)
    expect(prices.blockMillipencePerKwh.filter((price) => price > 0)).toEqual([2289, 4002, 3546, 6969])
    expect(standingChargeFrom(value(standingCharge.unitChargePassive))).toBe(20_000)
    expect(blockThresholdsFrom(value(blockThresholdsTou1Next.thresholds))).toEqual([10_000, 0xffff_ffff, 0xffff_ffff])

    const calendar = activitySwitchings({
      ...switchingTableFrom(
        value(tariffSwitchingTable.seasonsPassive),
        value(tariffSwitchingTable.weeksPassive),
        value(tariffSwitchingTable.daysPassive),
      ),
      specialDays: specialDaysFrom(value(tariffSpecialDaysNext.entries)),
    })
    const selectorAt = (time: string) => segmentAt(calendar, fromIso(time)).selector
    expect(selectorAt('2015-01-05T06:59:59Z')).toBe(102) // winter, a Monday
    expect(selectorAt('2015-01-05T07:00:00Z')).toBe(101)
    expect(selectorAt('2015-01-03T12:00:00Z')).toBe(1) // a Saturday
    expect(selectorAt('2015-04-01T05:59:59Z')).toBe(102) // summer, from the evening before
    expect(selectorAt('2015-04-30T06:59:59Z')).toBe(101)
    expect(selectorAt('2015-05-01T06:59:59Z')).toBe(102) // a special day
    expect(selectorAt('2030-12-25T12:00:00Z')).toBe(1) // one of every year
  })

  it('ECS01c for the secondary element', () => {
    const value = setIn('ECS01c_1.1.2_FUTURE_DATED_SUCCESS')
    expect(secondaryPricesFrom(value(secondaryConsumptionCharge.unitChargePassive))).toEqual([
      10_100, 0, 12_300, 13_400,
    ])
    const calendar = activitySwitchings({
      ...switchingTableFrom(
        value(secondaryTariffSwitchingTable.seasonsPassive),
        value(secondaryTariffSwitchingTable.weeksPassive),
        value(secondaryTariffSwitchingTable.daysPassive),
      ),
      specialDays: [],
    })
    expect(segmentAt(calendar, fromIso('2015-01-05T19:00:00Z')).selector).toBe(203)
  })

  it('ECS01b changes prices only', () => {
    const value = setIn('ECS01b_1.2.1_IMMEDIATE_BLOCK_SUCCESS')
    expect(pricesFrom(value(consumptionCharge.unitChargePassive)).blockMillipencePerKwh.filter((p) => p > 0)).toEqual([
      2361, 4289, 6566,
    ])
  })
})
