/** The kinds of electricity meter of SMETS: Part A single element, Part B twin element, Part C polyphase. */
export type EsmeVariant = 'singleElement' | 'twinElement' | 'polyphase'

/** A phase by its number on the meter. */
export type Phase = 1 | 2 | 3

const onePhase: readonly Phase[] = [1]
const threePhases: readonly Phase[] = [1, 2, 3]
export const phasesOf = (variant: EsmeVariant): readonly Phase[] => (variant === 'polyphase' ? threePhases : onePhase)
