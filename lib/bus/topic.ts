import type { z } from "zod"
import type { Bus } from "@/lib/bus/bus"
import { bus } from "@/lib/bus/here"
import { logFault } from "@/lib/log"
import { RedisAway } from "@/lib/redis/away"

/** A topic of the bus whose messages have a shape. */
export interface Topic<T> {
  /** Never rejects: what can't be told is logged. */
  publish(message: T): Promise<void>
  /** As `Bus.subscribe`. A message of another shape, as one of another version of Sparkler may be, is logged and left out. */
  subscribe(hear: (message: T) => void, missed?: () => void): Promise<() => void>
}

export function topicOf<T>(name: string, schema: z.ZodType<T>, on: () => Bus = bus): Topic<T> {
  return {
    publish: (message) =>
      on()
        .publish(name, JSON.stringify(message))
        .catch((error: unknown) => {
          // Redis tells of its absence once, not for each message.
          if (!(error instanceof RedisAway)) logFault(`publishing ${name}`, error)
        }),
    subscribe: (hear, missed) =>
      on().subscribe(name, {
        hear: (text) => {
          const parsed = schema.safeParse(JSON.parse(text))
          if (parsed.success) hear(parsed.data)
          else logFault(`a message of ${name}`, parsed.error)
        },
        missed,
      }),
  }
}
