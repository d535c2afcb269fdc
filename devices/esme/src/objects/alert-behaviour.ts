import * as o from '@smets2-sim/gbcs'
import { behaviourItem, viewOf } from '@smets2-sim/firmware'

type Bits = o.Attribute<string>

/** Behaviours, in which a mask says what changes, with the settings that they change. facts 4.3. */
const rows: readonly (readonly [Bits, Bits, o.BehaviourOwner, o.BehaviourChannel])[] = [
  [o.supplierWanAlertBehaviour.value, o.supplierWanAlertSettings.value, 'supplier', 'wan'],
  [o.supplierHanAlertBehaviour.value, o.supplierHanAlertSettings.value, 'supplier', 'han'],
  [o.supplierAudibleAlarmBehaviour.value, o.supplierAudibleAlarmSettings.value, 'supplier', 'audible'],
  [o.supplierLoggingBehaviour.value, o.supplierLoggingSettings.value, 'supplier', 'logging'],
  [o.networkOperatorWanAlertBehaviour.value, o.networkOperatorWanAlertSettings.value, 'networkOperator', 'wan'],
  [o.networkOperatorLoggingBehaviour.value, o.networkOperatorLoggingSettings.value, 'networkOperator', 'logging'],
]

/** Which alerts and events are sent, shown, sounded and logged: ECS25a to ECS25b3 set it, ECS25r1 and ECS25r2 read it. */
export const alertBehaviourViews = rows.flatMap(([behaviour, settings, owner, channel]) => {
  const item = behaviourItem(owner, channel)
  return [
    viewOf(behaviour, {
      set: ({ device }, bits) => void device.items.update(item, (before) => o.applyBehaviour(before, bits)),
    }),
    viewOf(settings, {
      get: ({ device }) => device.items.read(item),
      prime: ({ device }, bits) => device.items.write(item, bits),
    }),
  ]
})
