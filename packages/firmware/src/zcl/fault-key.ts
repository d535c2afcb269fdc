/** Keys of faults: `cluster 0702/command 06`, `cluster 0702/attribute 0000`. */
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
export const zclFaultKey = (clusterId: number, kind: 'command' | 'attribute', id: number): string =>
  `cluster ${hex(clusterId, 4)}/${kind} ${hex(id, kind === 'command' ? 2 : 4)}`
