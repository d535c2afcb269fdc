/** One line about something that was done: what, by whom to whom, and what came of it. */
export interface TranscriptRow {
  readonly useCase: string
  readonly who: string
  readonly to: string
  readonly what: string
  readonly outcome: string
}

/** What happened, in numbers. */
export interface Counts {
  commands: number
  signaturesVerified: number
  macsVerified: number
  decrypted: number
  refused: number
  alerts: number
  failures: number
}

const WHO = 42
const WHAT = 43

/** Tells people what happens, line by line, and keeps count. */
export class Transcript {
  readonly counts: Counts = {
    commands: 0,
    signaturesVerified: 0,
    macsVerified: 0,
    decrypted: 0,
    refused: 0,
    alerts: 0,
    failures: 0,
  }
  /** The time of day that begins each row, where the story is one of a day. */
  clock: (() => string) | undefined
  readonly #write: (line: string) => void
  constructor(write: (line: string) => void) {
    this.#write = write
  }

  title(text: string): void {
    this.#write(text)
  }
  heading(text: string): void {
    this.#write('')
    this.#write(text)
  }
  /** A remark between rows. */
  note(text: string): void {
    this.#write(`  ${text}`)
  }
  row({ useCase, who, to, what, outcome }: TranscriptRow): void {
    const way = `${who} -> ${to}`
    const time = this.clock ? `${this.clock()}  ` : ''
    this.#write(
      `  ${time}${(useCase.split('_')[0] as string).padEnd(7)} ${way.padEnd(WHO)} ${what.padEnd(WHAT)} ${outcome}`.trimEnd(),
    )
  }
  /** Something is not as it should be. */
  failure(text: string): void {
    this.counts.failures++
    this.#write(`  NOT AS IT SHOULD BE: ${text}`)
  }
  summary(): void {
    const { commands, signaturesVerified, macsVerified, decrypted, refused, alerts, failures } = this.counts
    this.heading('Summary')
    this.#write(
      `  ${commands} commands answered: ${signaturesVerified} signatures and ${macsVerified} MACs verified, ${decrypted} responses decrypted`,
    )
    this.#write(`  ${refused} forged or unauthorised commands refused`)
    this.#write(`  ${alerts} alerts received and verified`)
    this.#write(failures === 0 ? '  everything was as it should be' : `  ${failures} things were not as they should be`)
  }
}
