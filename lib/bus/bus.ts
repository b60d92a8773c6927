/** Publish/subscribe between the processes of one installation. */

export interface Subscriber {
  /**
   * Receives messages, in the order in which one process published them. Anything it throws is logged and affects no
   * other subscriber.
   */
  hear(text: string): void
  /** Messages may have been missed while the bus was unreachable. */
  missed?(): void
}

/**
 * Messages by topic, for the current subscribers: nothing is kept for later ones. Every implementation must pass
 * `bus.cases.ts`.
 */
export interface Bus {
  /**
   * Sends to every subscriber of the topic, in this process and others. Resolves when the bus has accepted the message;
   * rejects if it can't.
   */
  publish(topic: string, text: string): Promise<void>
  /**
   * Resolves once no later message is missed, with an unsubscribe function: after calling it nothing more is received,
   * not even messages in transit. Rejects if the bus is unreachable.
   */
  subscribe(topic: string, subscriber: Subscriber): Promise<() => void>
}
