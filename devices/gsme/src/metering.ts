import {
  activeTier,
  addToHistory,
  blockOf,
  blockPrice,
  blockThresholds,
  changeAccount,
  type Device,
  type Item,
  item,
  numberItem,
  payment,
  reviewCredit,
  tariffInformation,
  tierPrice,
  untilNextBlock,
} from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'
import { toWattHours, wattHoursPerLitre } from './energy.js'

/** Volume since the meter was made, in litres: thousandths of a cubic metre, exact. */
export const register = numberItem(metering, 'currentSummationDelivered')
export const tierRegister = (tier: number): Item<number> =>
  numberItem(metering, `currentTier${tier}SummationDelivered` as 'currentTier1SummationDelivered')
/** Volume in a block since the block period began. */
export const blockCounter = (block: number): Item<number> =>
  numberItem(metering, `currentNoTierBlock${block}SummationDelivered` as 'currentNoTierBlock1SummationDelivered')
const blocks = [1, 2, 3, 4] as const
/** Largest volume of a register of 48 bits; from there it begins again at 0. */
const MODULUS = 2 ** 48

/** Energy used in the block period, in watt hours: thousandths of the unit of the thresholds. */
const blockWattHours: Item<number> = item('tariff.blockWattHours', 0)
export const blockConsumption = ({ items }: Device): number => items.read(blockWattHours)

/** Begins a block period: its counters are 0. */
export function resetBlocks({ items }: Device): void {
  for (const block of blocks) items.write(blockCounter(block), 0)
  items.write(blockWattHours, 0)
}

const chargesBlocks = ({ items }: Device): boolean => {
  const tariff = items.read(tariffInformation)
  return tariff !== undefined && tariff.numberOfPriceTiersInUse === 0 && tariff.numberOfBlockThresholdsInUse > 0
}

/** Litres until the present block is full; Infinity in the last one. */
function litresInBlock(device: Device): number {
  const { numerator, denominator } = wattHoursPerLitre(device)
  const left = untilNextBlock(blockThresholds(device), blockConsumption(device))
  return Math.ceil((left * denominator) / numerator)
}

const add = (device: Device, kept: Item<number>, litres: number): void =>
  void device.items.update(kept, (value) => (value + litres) % MODULUS)

/** Meters a volume that began to flow at a time: registers, history and cost, at the prices that held then, block by block. */
export function addVolume(device: Device, litres: number, since = device.now): void {
  let left = litres
  while (left > 0) {
    const part = Math.min(left, litresInBlock(device))
    addPart(device, part, activeTier(device, since))
    left -= part
  }
  if (litres > 0) reviewCredit(device)
}

function addPart(device: Device, litres: number, tier: number | undefined): void {
  const block = blockOf(blockThresholds(device), blockConsumption(device)) + 1
  const byBlock = chargesBlocks(device)
  add(device, register, litres)
  if (tier !== undefined) add(device, tierRegister(tier), litres)
  add(device, blockCounter(block), litres)
  const wattHours = toWattHours(device, litres)
  device.items.update(blockWattHours, (sum) => sum + wattHours)
  const cost = chargeFor(device, wattHours, byBlock ? blockPrice(block) : tier ? tierPrice(tier) : undefined)
  addToHistory(device, { litres, wattHours, cost })
}

/** Charges energy at a price a kilowatt hour; what it cost. Without a tariff gas costs nothing. */
function chargeFor(device: Device, wattHours: number, price: Item<number> | undefined): number {
  const micropence = wattHours * (price ? device.items.read(price) : 0)
  let before = 0
  const { account } = changeAccount(device, (found, settings) => {
    before = payment.netWorthMillipence(found)
    return payment.charge(found, settings, micropence)
  })
  return before - payment.netWorthMillipence(account)
}
