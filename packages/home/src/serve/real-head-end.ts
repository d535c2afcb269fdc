import { isAnswerTo, tryDecode, type Wan, type WanAnswer } from '@smets2-sim/parties'
import { exchangeClient, type FrameLink, LinkError } from '@smets2-sim/serial'

export interface LinkWanOptions {
  /** How many seconds pass in the home in one of ours. */
  readonly speed?: number
  /** Takes alerts, and responses that come too late. */
  readonly onUnasked: (message: Uint8Array) => void
}

/** The way of a head end to a home at the other end of a link. */
export function linkWan(link: FrameLink, { speed = 1, onUnasked }: LinkWanOptions): Wan {
  const client = exchangeClient(link, {
    matches(request, message) {
      const [command, answer] = [tryDecode(request), tryDecode(message)]
      return command !== undefined && answer !== undefined && isAnswerTo(command, answer)
    },
    onUnasked,
  })
  return {
    async exchange(command, timeoutS): Promise<WanAnswer> {
      try {
        return { kind: 'response', message: await client.exchange(command, (timeoutS * 1000) / speed) }
      } catch (error) {
        if (!(error instanceof LinkError)) throw error
        if (error.code === 'timeout') return { kind: 'timeout' }
        if (error.code === 'refused') return { kind: 'discarded', reason: 'refusedByLink', detail: error.message }
        throw error
      }
    },
  }
}
