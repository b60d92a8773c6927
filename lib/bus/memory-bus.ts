import type { Bus, Subscriber } from "@/lib/bus/bus"
import { logFault } from "@/lib/log"

/**
 * The bus of a single process. Subscribers have received a message by the time it is published, unless another one is
 * being delivered.
 */
export function createMemoryBus(): Bus {
  const topics = new Map<string, Set<Subscriber>>()
  const waiting: { to: Subscriber[]; among: Set<Subscriber>; text: string }[] = []
  let busy = false

  // A message published by a subscriber is queued after the current one, so that all subscribers get both in the same
  // order.
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
      // Subscribing the same object twice delivers everything twice; each subscription is canceled separately.
      const own: Subscriber = { hear: (text) => subscriber.hear(text) }
      topics.set(topic, among.add(own))
      return () => {
        among.delete(own)
        if (among.size === 0 && topics.get(topic) === among) topics.delete(topic)
      }
    },
  }
}

/** Delivers a message to a subscriber; its errors affect nobody else. */
export function hand(subscriber: Subscriber, text: string): void {
  try {
    subscriber.hear(text)
  } catch (error) {
    logFault("bus subscriber", error)
  }
}
