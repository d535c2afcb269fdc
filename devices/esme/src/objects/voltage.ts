import { type Device, methodOf } from '@smets2-sim/firmware'
import { voltageObjects } from '../data/metering.js'
import { type AverageVoltageCounter, type Phase, resetAverageVoltageCounter } from '../metering/index.js'
import { changeMetering, meterUp } from '../running/meter-up.js'
import { becomeVariant } from '../running/variant.js'
import { constant, reading } from './reading.js'

const COUNT = { scaler: 0, unit: 255 }

function counter(device: Device, phase: Phase, name: AverageVoltageCounter, value: number): void {
  if (phase !== 1) becomeVariant(device, 'polyphase')
  changeMetering(device, (state) => ({
    ...state,
    phases: state.phases.map((one, i) =>
      i === phase - 1 ? { ...one, averageVoltage: { ...one.averageVoltage, [name]: value } } : one,
    ),
  }))
}

const counterViews = (phase: Phase, name: AverageVoltageCounter) => {
  const object = voltageObjects[phase][name === 'averageRmsOverVoltageCounter' ? 'overCounter' : 'underCounter']
  return [
    reading(object.value, {
      get: (device) => meterUp(device).phases[phase - 1]?.averageVoltage[name] ?? 0,
      prime: (device, value) => counter(device, phase, name, value),
    }),
    constant(object.scalerUnit, COUNT),
    methodOf(object.reset, ({ device }) =>
      changeMetering(device, (state) => resetAverageVoltageCounter(state, phase, name)),
    ),
  ]
}

/**
 * Counters of periods in which the average voltage was out of its limits: ECS23, ECS23b, ECS29a to ECS29f. Thresholds
 * and periods are plain data items.
 */
export const voltageViews = ([1, 2, 3] as const).flatMap((phase) => [
  ...counterViews(phase, 'averageRmsOverVoltageCounter'),
  ...counterViews(phase, 'averageRmsUnderVoltageCounter'),
])
