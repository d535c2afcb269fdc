import { type CosemUseCase, type Member, type UseCase } from '@smets2-sim/gbcs'

/** Members that a device has: all that its use cases touch. */
export function membersOf(useCases: Iterable<UseCase>): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>()
  for (const useCase of useCases) {
    if (useCase.payload !== 'cosem') continue
    for (const item of Object.values((useCase as CosemUseCase).items))
      for (const member of item.kind === 'protectedGet' ? Object.values(item.members) : [item.member])
        members.set(member.key, member)
  }
  return members
}

/** The passive twin of an activation: copies attribute values over, in order, when the time comes. */
export const copies =
  (...pairs: readonly (readonly [from: Member<any>, to: Member<any>])[]) =>
  (device: { items: import('../state/item-store.js').ItemStore }): void => {
    for (const [from, to] of pairs)
      device.items.write(
        { name: to.item, initial: to.schema.initial },
        device.items.read({ name: from.item, initial: from.schema.initial }),
      )
  }
