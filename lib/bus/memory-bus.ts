import type { Bus, Subscriber } from "@/lib/bus/bus"
import { logFault } from "@/lib/log"

/** The bus of one process. Who listens has heard a message when it is published, unless another one is being handed out. */
export function createMemoryBus(): Bus {
  const topics = new Map<string, Set<Subscriber>>()
  const waiting: { to: Subscriber[]; among: Set<Subscriber>; text: string }[] = []
  let busy = false

  // What a subscriber publishes comes behind what is being handed out, so that all hear both in one order.
  const handOut = () => {
    if (busy) return
    busy = true
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { to, among, text } = next
      for (const subscriber of to) if (among.has(subscriber)) hand(subscriber, text)
    }
    busy = false
  }

  return {
    publish: async (topic, text) => {
      const among = topics.get(topic)
      if (!among) return
      waiting.push({ to: [...among], among, text })
      handOut()
    },
    subscribe: async (topic, subscriber) => {
      const among = topics.get(topic) ?? new Set()
      // The same one twice hears all twice, and leaves one by one.
      const own: Subscriber = { hear: (text) => subscriber.hear(text) }
      topics.set(topic, among.add(own))
      return () => {
        among.delete(own)
        if (among.size === 0 && topics.get(topic) === among) topics.delete(topic)
      }
    },
  }
}

/** Lets a subscriber hear a message; a fault of it is its own. */
export function hand(subscriber: Subscriber, text: string): void {
  try {
    subscriber.hear(text)
  } catch (error) {
    logFault("a subscriber of the bus", error)
  }
}
