/** What may be otherwise in a right response than in that of the twin, and why. Nothing else may. */
export const allowedDifferences = {
  signature: 'the number that ECDSA draws is new each time; the signature has to verify under the key of the device',
  mac: 'it covers what may be otherwise; it has to be authentic for the originator',
  dateTime: 'the clock of the device, which may be off by the tolerance',
  timeStamp: 'a time of this run in the payload, off by the tolerance at most',
  ownCounter: "the device's own counter under which it encrypts: any that is above the last one",
  ciphertext: 'it follows from the counter and from time stamps inside; the plaintexts are compared',
  alertCounter: "the device's own counter of an alert, wherever it quotes it: any that is above the last one",
  newKey: 'a key pair that the device has just made, and the proof that it has it',
  ownValue: 'fields that the reports name: each has to keep the rule beside its name',
} as const
export type AllowedDifference = keyof typeof allowedDifferences

/** What a comparison found: differences that are faults, and those that were let pass. */
export interface Findings {
  readonly faults: string[]
  readonly allowed: Set<AllowedDifference>
}
export const noFindings = (): Findings => ({ faults: [], allowed: new Set() })
