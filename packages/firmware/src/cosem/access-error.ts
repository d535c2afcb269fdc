/** Thrown by a view to end an item with a result other than success. Never leaves the executor. */
export class AccessError extends Error {
  readonly result: number
  constructor(result: number, message = `access result ${result}`) {
    super(message)
    this.result = result
  }
}
