/** How the processes of one Sparkler hear each other. */

export interface Subscriber {
  /** A message, in the order in which one process published them. What it throws is logged and harms no other. */
  hear(text: string): void
  /** Something may have been missed: the bus was out of reach for a while. */
  missed?(): void
}

/** Messages by topic, to all who listen just then: nothing is kept for later. `bus.cases.ts` holds for every make. */
export interface Bus {
  /** To every subscriber of the topic, in this process and in others. Resolves when the bus has it; rejects when it can't. */
  publish(topic: string, text: string): Promise<void>
  /**
   * Resolves when nothing that is published from now on is missed, with how to leave: then nothing more is heard, also
   * of what is on its way. Rejects when the bus is out of reach.
   */
  subscribe(topic: string, subscriber: Subscriber): Promise<() => void>
}
