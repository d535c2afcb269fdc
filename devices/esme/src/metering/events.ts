import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import type { TariffPart } from '../tariff/tariff.js'
import type { DemandRegister } from './demand.js'
import type { RegisterEntry } from './register-entry.js'
import type { Phase } from './variant.js'
import type { PowerLevel } from './power-level.js'

/**
 * What the engine tells the meter, in the order in which it happens. `alert` names the alert or event that the meter
 * raises for it, where there is one; `phase` is there on a polyphase meter too where the alert names it.
 */
export type MeteringEvent =
  /** Half-hour entries of the profile logs, stamped with the end of the half hour. facts 5.5, 12.10. */
  | {
      readonly kind: 'halfHourEnded'
      readonly time: UtcSeconds
      readonly activeImportWh: number
      readonly secondaryActiveImportWh: number
      readonly activeExportWh: number
      readonly reactiveImportVarh: number
      readonly reactiveExportVarh: number
    }
  | {
      readonly kind: 'maximumDemand'
      readonly time: UtcSeconds
      readonly register: DemandRegister
      readonly demandW: number
    }
  /** Entries of the daily read logs and of the daily consumption log, at midnight UTC. */
  | {
      readonly kind: 'dayEnded'
      readonly time: UtcSeconds
      readonly registers: RegisterEntry
      readonly activeExportWh: number
      /** Of both elements, in the day that ended. */
      readonly consumptionWh: number
      readonly costMillipence: number
    }
  /** Entry of the billing data log that the billing calendar asks for. */
  | { readonly kind: 'billing'; readonly time: UtcSeconds; readonly registers: RegisterEntry }
  | { readonly kind: 'blockCountersReset'; readonly time: UtcSeconds }
  /** Consumption of a register (1 to 8) goes on in this block (2 to 4). */
  | {
      readonly kind: 'blockThresholdCrossed'
      readonly time: UtcSeconds
      readonly tou: number
      readonly block: number
    }
  /** Entry of the voltage profile of a phase. */
  | { readonly kind: 'averageRmsVoltage'; readonly time: UtcSeconds; readonly phase: Phase; readonly averageV: number }
  | { readonly kind: 'tariffActivated'; readonly time: UtcSeconds; readonly parts: readonly TariffPart[] }
  | {
      readonly kind: 'tariffSwitched'
      readonly time: UtcSeconds
      readonly element: 'primary' | 'secondary'
      readonly selector: number | undefined
    }
  | { readonly kind: 'powerLevelChanged'; readonly time: UtcSeconds; readonly level: PowerLevel }
  | { readonly kind: 'supplyInterrupted'; readonly time: UtcSeconds; readonly phase: Phase; readonly alert: AlertName }
  /** The outage of a phase has lasted three minutes and goes on. */
  | {
      readonly kind: 'supplyOutageOf3Minutes'
      readonly time: UtcSeconds
      readonly phase: Phase
      readonly interruptedAt: UtcSeconds
    }
  | {
      readonly kind: 'supplyRestored'
      readonly time: UtcSeconds
      readonly phase: Phase
      readonly interruptedAt: UtcSeconds
      readonly alert: AlertName
    }
  /** Voltage, current, power factor or wiring; `value` is what was measured, in mV, mA or percent; 0 for wiring. */
  | {
      readonly kind: 'powerQuality'
      readonly time: UtcSeconds
      readonly alert: AlertName
      readonly phase: Phase
      readonly value: number
    }

export type MeteringEventKind = MeteringEvent['kind']
