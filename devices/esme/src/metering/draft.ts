/**
 * A copy of a state that is being worked on: its fields and its arrays of numbers can be changed. What leaves the engine
 * is never changed again.
 */
export type Draft<T> = T extends readonly number[]
  ? number[]
  : T extends readonly (infer E)[]
    ? readonly Draft<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Draft<T[K]> }
      : T
