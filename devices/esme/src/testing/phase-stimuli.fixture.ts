import type { Phase } from '../index.js'
import type { MeterBench } from './meter-bench.fixture.js'

/** Lets it happen on a bench that was just made. */
export type Stimulus = (bench: MeterBench) => void

/** Voltage, current and outage of one phase; `undefined` is the phase of a meter that has one. */
const ofPhase = {
  rmsVoltageAboveExtremeOverVoltageThreshold: (bench, phase) => hold(bench, 300, phase),
  rmsVoltageBackBelowExtremeOverVoltageThreshold: (bench, phase) => hold(bench, 300, phase) ?? hold(bench, 240, phase),
  rmsVoltageAboveSwellThreshold: (bench, phase) => hold(bench, 260, phase),
  rmsVoltageBackBelowSwellThreshold: (bench, phase) => hold(bench, 260, phase) ?? hold(bench, 240, phase),
  rmsVoltageBelowExtremeUnderVoltageThreshold: (bench, phase) => hold(bench, 170, phase),
  rmsVoltageBackAboveExtremeUnderVoltageThreshold: (bench, phase) => hold(bench, 170, phase) ?? hold(bench, 240, phase),
  rmsVoltageBelowSagThreshold: (bench, phase) => hold(bench, 210, phase),
  rmsVoltageBackAboveSagThreshold: (bench, phase) => hold(bench, 210, phase) ?? hold(bench, 240, phase),
  averageRmsVoltageAboveOverVoltageThreshold: (bench, phase) => hold(bench, 270, phase, 3600),
  averageRmsVoltageBelowOverVoltageThreshold: (bench, phase) =>
    hold(bench, 270, phase, 3600) ?? hold(bench, 240, phase, 3600),
  averageRmsVoltageBelowUnderVoltageThreshold: (bench, phase) => hold(bench, 190, phase, 3600),
  averageRmsVoltageAboveUnderVoltageThreshold: (bench, phase) =>
    hold(bench, 190, phase, 3600) ?? hold(bench, 240, phase, 3600),
  supplyInterrupted: (bench, phase) => bench.meter.outage(phase),
  supplyOutageRestored: (bench, phase) => outage(bench, phase, 179),
  overCurrent(bench, phase) {
    bench.meter.load({ watts: 25_000, ...(phase && { phase }) })
    bench.pass(31)
  },
} satisfies Readonly<Record<string, (bench: MeterBench, phase?: Phase) => void>>

function hold(bench: MeterBench, volts: number, phase: Phase | undefined, seconds = 31): undefined {
  bench.meter.supplyVoltage(volts, phase)
  bench.pass(seconds)
}
function outage(bench: MeterBench, phase: Phase | undefined, seconds: number): void {
  bench.meter.outage(phase)
  bench.pass(seconds)
  bench.meter.restore(phase)
}

/** The stimuli of a phase under the names that they have on a meter of one phase, and of three. */
export const phaseStimuli: Record<string, Stimulus> = {}
for (const [name, stimulus] of Object.entries(ofPhase) as [string, (bench: MeterBench, phase?: Phase) => void][]) {
  phaseStimuli[name] = (bench) => stimulus(bench)
  for (const phase of [1, 2, 3] as const)
    phaseStimuli[name === 'overCurrent' ? `overCurrentL${phase}` : `${name}OnPhase${phase}`] = (bench) =>
      stimulus(bench, phase)
}
const longOutage = 'OutageOf3MinutesOrMore'
phaseStimuli[`supplyOutageRestored${longOutage}`] = (bench) => outage(bench, undefined, 180)
for (const phase of [1, 2, 3] as const)
  phaseStimuli[`supplyOutageRestoredOnPhase${phase}${longOutage}`] = (bench) => outage(bench, phase, 180)
