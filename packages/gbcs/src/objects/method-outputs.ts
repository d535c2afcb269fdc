import type { Schema } from '@smets2-sim/cosem'
import { deviceLog, historicDeviceLog } from './hub.js'
import { panState } from './shapes.js'

/** Types of what methods give back, by the key of the method; all others give null-data (facts/cosem_objects.json, CCS07). */
export const methodOutputs: ReadonlyMap<string, Schema<any>> = new Map<string, Schema<any>>([
  [deviceLog.backupPan.key, panState],
  [historicDeviceLog.backupPan.key, panState],
])
