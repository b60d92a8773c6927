/** Stops of other tabs of this browser, heard before the answer has ended: what is sent from then on is to be next. */

const CHANNEL = "sparkler:stops"

interface Stop {
  conversationId: string
  /** When it was asked for, by the clock that all tabs share. */
  at: number
}

const isStop = (value: unknown): value is Stop =>
  typeof value === "object" && value !== null && "conversationId" in value && "at" in value

export interface StopNews {
  /** An answer of this conversation is being stopped here. */
  tell: () => void
  leave: () => void
}

/** Null where the browser keeps tabs apart. */
export function openStopNews(conversationId: string, onStop: (at: number) => void): StopNews | null {
  const channel = openChannel()
  if (!channel) return null
  channel.onmessage = ({ data }: { data: unknown }) => {
    if (isStop(data) && data.conversationId === conversationId) onStop(data.at)
  }
  return {
    tell: () => channel.postMessage({ conversationId, at: Date.now() } satisfies Stop),
    leave: () => channel.close(),
  }
}

function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(CHANNEL)
  } catch {
    // Firefox denies it together with storage.
    return null
  }
}
