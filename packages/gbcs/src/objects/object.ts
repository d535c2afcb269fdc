import { logicalName, type LogicalName, type Schema } from '@smets2-sim/cosem'

/** One attribute or method of a COSEM object, with the type of its value or parameter. */
export interface Member<T = unknown> {
  readonly kind: 'attribute' | 'method'
  /** SMETS name of the object: `importRegisterCollection`. */
  readonly object: string
  /** Name of the member in its interface class: `value`. */
  readonly name: string
  readonly classId: number
  readonly logicalName: LogicalName
  readonly index: number
  readonly schema: Schema<T>
  /** `importRegisterCollection.value`: the name under which a device keeps the data item, unless a view says otherwise. */
  readonly item: string
  /** `attribute 1/0-0:94.44.34.10/2`: identifies the member on the wire. */
  readonly key: string
}
export interface Attribute<T = unknown> extends Member<T> {
  readonly kind: 'attribute'
}
export interface Method<T = unknown> extends Member<T> {
  readonly kind: 'method'
}

/** Key of a member as it stands in an ACCESS request. */
export const memberKey = (kind: 'attribute' | 'method', classId: number, name: LogicalName, index: number): string =>
  `${kind} ${classId}/${name}/${index}`

/** Row for an attribute: its index in the interface class and the type of its value. */
export const attribute = <T>(index: number, schema: Schema<T>): MemberRow<'attribute', T> => ({
  kind: 'attribute',
  index,
  schema,
})
/** Row for a method: its index in the interface class and the type of its parameter. */
export const method = <T>(index: number, schema: Schema<T>): MemberRow<'method', T> => ({
  kind: 'method',
  index,
  schema,
})

interface MemberRow<K extends 'attribute' | 'method', T> {
  readonly kind: K
  readonly index: number
  readonly schema: Schema<T>
}
type MemberOf<R> = R extends MemberRow<infer K, infer T> ? (K extends 'attribute' ? Attribute<T> : Method<T>) : never

const declared: Member[] = []

/** Declares a COSEM object that GBCS names. `name` is its SMETS name in camel case. */
export function cosemObject<R extends Record<string, MemberRow<'attribute' | 'method', any>>>(
  name: string,
  classId: number,
  obis: string,
  rows: R,
): { readonly [K in keyof R]: MemberOf<R[K]> } {
  const ln = logicalName(obis)
  const members = Object.entries(rows).map(([memberName, row]) => {
    const member: Member<any> = {
      ...row,
      object: name,
      name: memberName,
      classId,
      logicalName: ln,
      item: `${name}.${memberName}`,
      key: memberKey(row.kind, classId, ln, row.index),
    }
    declared.push(member)
    return [memberName, member]
  })
  return Object.fromEntries(members) as { readonly [K in keyof R]: MemberOf<R[K]> }
}

/** Every member declared so far, in order of declaration. Complete once `objects/index.ts` is loaded. */
export const allMembers = (): readonly Member[] => declared
