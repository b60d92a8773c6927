/** The connections of one process to a Redis: how they are made, watched, and made again. */
import { readFileSync } from "node:fs"
import { rootCertificates } from "node:tls"
import { Redis, type RedisOptions, ReplyError } from "ioredis"
import { logInfo } from "@/lib/log"
import { RedisAway } from "@/lib/redis/away"
import { type Keys, keysOf } from "@/lib/redis/keys"

export interface RedisSettings {
  /** `redis://` or `rediss://`, with password and number of the database. */
  url: string
  /** Of every key and channel. */
  prefix: string
  /** More certificates to trust: a file in PEM. */
  caFile?: string
}

/** Milliseconds in which Redis answers; what blocks there blocks for less. */
export const ANSWERS_MS = 2_500
/** Milliseconds between two looks whether it still answers. */
const LOOK_MS = 1_500
/** Milliseconds for which what is written at such a look stays. */
const ALIVE_MS = 5_000
const LONGEST_WAIT_MS = 1_000
/** Milliseconds in which it has to be in reach when the process starts. */
const FIRST_MS = 10_000

export interface RedisServer {
  keys: Keys
  /** For what is answered at once. Fails at once while Redis is out of reach. */
  commands: Redis
  /** For subscriptions only. */
  subscriber: Redis
  /** Another connection, for reads that block: at most two seconds. */
  another(): Redis
  isUp(): boolean
  /** What it says to writes while it takes none, as when it is full; null while it takes them. */
  refusal(): string | null
  /** Calls back each time that Redis is in reach again. Returns how to stop that. */
  onBack(callback: () => void): () => void
  close(): void
}

function optionsOf({ url, caFile }: RedisSettings): RedisOptions {
  const secure = url.startsWith("rediss:")
  return {
    lazyConnect: true,
    connectTimeout: ANSWERS_MS,
    commandTimeout: ANSWERS_MS,
    // What can't be sent fails at once, and what got no answer is never sent twice: whoever asked knows what to do.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    retryStrategy: (times) => Math.min(LONGEST_WAIT_MS, 25 * 2 ** Math.min(times, 10)),
    // After a failover this server may be a replica, or the address another server.
    reconnectOnError: ({ message }) => message.startsWith("READONLY"),
    ...(secure && caFile && { tls: { ca: [...rootCertificates, readFileSync(caFile, "utf8")] } }),
  }
}

function connectionTo(settings: RedisSettings, onFault: (error: unknown) => void): Redis {
  const made = new Redis(settings.url, optionsOf(settings))
  // Each command tells its own failure.
  made.on("error", (error) => {
    onFault(error)
    // A TLS connection may fail twice (the certificate, then what the server says to that); ioredis hears the first only.
    made.stream?.on("error", () => {})
  })
  return made
}

interface Look {
  key: string
  /** It does not answer. */
  drop: (one: Redis) => void
  /** It answered: with a refusal, or null. */
  hear: (refusal: string | null) => void
}

/**
 * One that sleeps, or a cut network, closes no connection. Nor does one that has become a replica: it only refuses to write,
 * and then the connection is made anew by itself (`reconnectOnError`).
 */
function look(commands: Redis, subscriber: Redis, { key, drop, hear }: Look): void {
  if (commands.status === "ready")
    commands.set(key, "1", "PX", ALIVE_MS).then(
      () => hear(null),
      (error: unknown) => {
        if (error instanceof Error && error instanceof ReplyError) hear(error.message)
        else drop(commands)
      },
    )
  if (subscriber.status === "ready") subscriber.ping().catch(() => drop(subscriber))
}

/** Remembers what Redis says to writes, and tells it once. */
function refusals() {
  let refused: string | null = null
  return {
    refusal: () => refused,
    hear: (refusal: string | null) => {
      if (refusal && !refused)
        logInfo(
          `Redis refuses writes: ${refusal} Running answers continue, but other processes cannot follow them until it accepts writes again.`,
        )
      if (refused && !refusal) logInfo("Redis accepts writes again.")
      refused = refusal
    },
  }
}

/**
 * Connects, and stays connected: what is cut, or does not answer, is made anew, for as long as the process runs. Rejects
 * with `RedisAway` when Redis isn't there within ten seconds.
 */
export async function connectRedis(settings: RedisSettings, firstMs = FIRST_MS): Promise<RedisServer> {
  const all: Redis[] = []
  const callbacks = new Set<() => void>()
  let fault: unknown
  const another = () => {
    const made = connectionTo(settings, (error) => {
      fault = error
    })
    all.push(made)
    return made
  }
  const [commands, subscriber] = [another(), another()]
  let answers = true
  const isUp = () => answers && commands.status === "ready"

  const keys = keysOf(settings.prefix, commands.options.db)
  const { refusal, hear } = refusals()
  const drop = (one: Redis) => {
    if (one === commands) answers = false
    if (one.status === "ready") one.disconnect(true)
  }
  const timer = setInterval(() => look(commands, subscriber, { key: keys.alive, drop, hear }), LOOK_MS).unref()
  const close = () => {
    clearInterval(timer)
    for (const one of all) one.disconnect()
  }

  await Promise.all([commands, subscriber].map((one) => readyOf(one, firstMs))).catch(() => {
    close()
    const words = fault instanceof Error && fault.message ? `: ${fault.message}` : ""
    throw new RedisAway(fault, `REDIS_URL: Redis at ${new URL(settings.url).host} doesn't answer${words}.`)
  })
  let away = false
  commands.on("close", () => {
    if (!away) logInfo("Redis is out of reach. Answers go on; other processes hear of them when it is back.")
    away = true
    // The others may still be held by a server that the address has left.
    for (const one of all) if (one !== commands && one.status === "ready") one.disconnect(true)
  })
  commands.on("ready", () => {
    if (away) logInfo("Redis is back.")
    away = false
    answers = true
    for (const callback of [...callbacks]) callback()
  })
  return {
    keys,
    commands,
    subscriber,
    another,
    isUp,
    refusal,
    onBack: (callback) => {
      callbacks.add(callback)
      return () => callbacks.delete(callback)
    },
    close,
  }
}

function readyOf(connection: Redis, mostMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new RedisAway()), mostMs)
    connection.once("ready", () => {
      clearTimeout(timer)
      resolve()
    })
    // It is tried again until then.
    connection.connect().catch(() => {})
  })
}
