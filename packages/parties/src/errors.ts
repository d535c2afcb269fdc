/** Why a party did not get a response that it can trust. `reason` is for programs, the message for people. */
export class ExchangeError extends Error {
  readonly reason: string
  readonly detail: string
  constructor(name: string, reason: string, detail: string) {
    super(`${reason}: ${detail}`)
    this.name = name
    this.reason = reason
    this.detail = detail
  }
}

/** The device has discarded the command: nothing was executed. `reason` is the device's own. */
export class CommandRefused extends ExchangeError {
  constructor(reason: string, detail: string) {
    super('CommandRefused', reason, detail)
  }
}

/** No response came in time: the command or its response was lost, refused in silence, or the device cannot be reached. */
export class CommandTimedOut extends ExchangeError {
  constructor(detail: string) {
    super('CommandTimedOut', 'timeout', detail)
  }
}

/** What came is no response of that device to that command. */
export class ResponseNotAuthentic extends ExchangeError {
  constructor(reason: 'malformed' | 'notAnAnswer' | 'wrongProtection' | 'badMac' | 'badSignature', detail: string) {
    super('ResponseNotAuthentic', reason, detail)
  }
}
