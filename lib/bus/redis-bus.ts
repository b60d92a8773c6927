import type { Bus, Subscriber } from "@/lib/bus/bus"
import { hand } from "@/lib/bus/memory-bus"
import { RedisAway } from "@/lib/redis/away"
import type { RedisServer } from "@/lib/redis/connection"

interface Channel {
  subscribers: Set<Subscriber>
  /** Settles with Redis' response. */
  joined: Promise<unknown>
}

/** Redis stores strings as UTF-8, which can't represent lone surrogates; JSON escapes them. */
const encoded = (text: string): string => (text.isWellFormed() ? `t${text}` : `j${JSON.stringify(text)}`)
const decoded = (kept: string): string => (kept.startsWith("j") ? String(JSON.parse(kept.slice(1))) : kept.slice(1))

/** The bus of all processes that use this Redis with this prefix, based on its publish/subscribe. */
export function createRedisBus({ keys, commands, subscriber: connection }: RedisServer): Bus {
  const channels = new Map<string, Channel>()

  connection.on("message", (name: string, kept: string) => {
    const subscribers = channels.get(name)?.subscribers
    if (!subscribers) return
    const text = decoded(kept)
    for (const one of [...subscribers]) if (subscribers.has(one)) hand(one, text)
  })

  connection.on("ready", () => joinAgain(connection, channels))

  const leave = (name: string, channel: Channel, own: Subscriber) => {
    channel.subscribers.delete(own)
    if (channel.subscribers.size > 0 || channels.get(name) !== channel) return
    channels.delete(name)
    // If Redis is unreachable, the subscription ends with the connection.
    connection.unsubscribe(name).catch(() => {})
  }

  return {
    publish: async (topic, text) => {
      try {
        await commands.publish(keys.topic(topic), encoded(text))
      } catch (error) {
        throw new RedisAway(error)
      }
    },
    subscribe: async (topic, subscriber) => {
      const name = keys.topic(topic)
      const known = channels.get(name)
      const channel = known ?? { subscribers: new Set(), joined: connection.subscribe(name) }
      if (!known) channels.set(name, channel)
      // Subscribing the same object twice delivers everything twice; each subscription is canceled separately.
      const own: Subscriber = { hear: (text) => subscriber.hear(text), missed: () => subscriber.missed?.() }
      channel.subscribers.add(own)
      try {
        await channel.joined
      } catch (error) {
        leave(name, channel, own)
        throw new RedisAway(error)
      }
      return () => leave(name, channel, own)
    },
  }
}

/** Tells earlier subscribers that messages may have been missed, once all subscriptions are restored. */
function joinAgain(connection: RedisServer["subscriber"], channels: Map<string, Channel>): void {
  const all = [...channels]
  if (all.length === 0) return
  const joined = connection.subscribe(...all.map(([name]) => name))
  for (const [, channel] of all) channel.joined = joined
  joined.then(
    () => {
      for (const [, { subscribers }] of all) for (const { missed } of [...subscribers]) missed?.()
    },
    () => connection.status === "ready" && connection.disconnect(true),
  )
}
