import type { z } from "zod"
import type { Bus } from "@/lib/bus/bus"
import { bus } from "@/lib/bus/here"
import { logFault } from "@/lib/log"
import { RedisAway } from "@/lib/redis/away"

/** A topic of the bus with typed messages. */
export interface Topic<T> {
  /** Never rejects: failures are logged. */
  publish(message: T): Promise<void>
  /**
   * Like `Bus.subscribe`. A message in another format, as another version of Sparkler may send, is logged and ignored.
   */
  subscribe(hear: (message: T) => void, missed?: () => void): Promise<() => void>
}

export function topicOf<T>(name: string, schema: z.ZodType<T>, on: () => Bus = bus): Topic<T> {
  return {
    publish: (message) =>
      on()
        .publish(name, JSON.stringify(message))
        .catch((error: unknown) => {
          // The connection reports an outage once, not for each message.
          if (!(error instanceof RedisAway)) logFault(`publishing ${name}`, error)
        }),
    subscribe: (hear, missed) =>
      on().subscribe(name, {
        hear: (text) => {
          const parsed = schema.safeParse(JSON.parse(text))
          if (parsed.success) hear(parsed.data)
          else logFault(`invalid message on ${name}`, parsed.error)
        },
        missed,
      }),
  }
}
