/**
 * Stop notifications from other tabs of this browser, received before the answer has ended: messages sent since then go
 * next.
 */

const CHANNEL = "sparkler:stops"

interface Stop {
  conversationId: string
  /** When the stop was requested, by the clock shared by all tabs. */
  at: number
}

const isStop = (value: unknown): value is Stop =>
  typeof value === "object" && value !== null && "conversationId" in value && "at" in value

export interface StopChannel {
  /** Announces that an answer of this conversation is being stopped here. */
  tell: () => void
  leave: () => void
}

/** Null where the browser isolates tabs. */
export function openStopChannel(conversationId: string, onStop: (at: number) => void): StopChannel | null {
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
    // Firefox denies it when storage is denied.
    return null
  }
}
