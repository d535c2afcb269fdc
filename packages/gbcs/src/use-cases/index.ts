import type { UseCaseHead } from './use-case.js'
import { useCases } from './registry.generated.js'
import type { Asn1UseCase } from './asn1-use-case.js'
import type { CosemUseCase } from './cosem-use-case.js'
import type { GbzUseCase } from './gbz-use-case.js'

export * from './use-case.js'
export {
  accessKeys,
  type CosemItem,
  type CosemUseCase,
  cosemUseCase,
  isProtectedGet,
  longInvokeId,
} from './cosem-use-case.js'
export { type GbzItem, type GbzUseCase, gbzUseCase } from './gbz-use-case.js'
export { type Asn1UseCase, asn1UseCase } from './asn1-use-case.js'
export * from './registry.generated.js'

/** Any use case, told apart by its `payload`. */
export type UseCase = CosemUseCase | GbzUseCase | Asn1UseCase

const all = useCases as unknown as readonly UseCase[]
const byCode = new Map<number, UseCase>(all.map((useCase) => [useCase.code, useCase]))
const byName = new Map<string, UseCase>(all.map((useCase) => [useCase.name, useCase]))

/** The use case of a message code. */
export const useCaseByCode = (code: number): UseCase | undefined => byCode.get(code)
/** The use case of a name like `ECS17b`. */
export const useCaseNamed = (name: string): UseCase | undefined => byName.get(name)
/** All of them. */
export const allUseCases = (): readonly UseCase[] => all
export type { UseCaseHead }
