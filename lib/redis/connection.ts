/** A process's connections to Redis: creating, monitoring, and reconnecting them. */
import { readFileSync } from "node:fs"
import { rootCertificates } from "node:tls"
import { Redis, type RedisOptions, ReplyError } from "ioredis"
import { logInfo } from "@/lib/log"
import { RedisAway } from "@/lib/redis/away"
import { type Keys, keysOf } from "@/lib/redis/keys"

export interface RedisSettings {
  /** `redis://` or `rediss://`, with password and database number. */
  url: string
  /** Prefix of every key and channel. */
  prefix: string
  /** Additional trusted certificates: a PEM file. */
  caFile?: string
}

/** Timeout in milliseconds for a command; blocking commands block for less. */
export const REDIS_TIMEOUT_MS = 2_500
/** Milliseconds between two health checks. */
const LOOK_MS = 1_500
/** Expiry in milliseconds of the key that a health check writes. */
const ALIVE_MS = 5_000
const LONGEST_WAIT_MS = 1_000
/** Milliseconds within which Redis must respond when the process starts. */
const FIRST_MS = 10_000

export interface RedisServer {
  keys: Keys
  /** For nonblocking commands. Fails immediately while Redis is unreachable. */
  commands: Redis
  /** For subscriptions only. */
  subscriber: Redis
  /** Another connection, for reads that block for up to two seconds. */
  another(): Redis
  isUp(): boolean
  /** Redis's error for writes while it refuses them, for example when it is full; null while it accepts them. */
  refusal(): string | null
  /** Calls back each time Redis becomes reachable again. Returns an unsubscribe function. */
  onBack(callback: () => void): () => void
  close(): void
}

function optionsOf({ url, caFile }: RedisSettings): RedisOptions {
  const secure = url.startsWith("rediss:")
  return {
    lazyConnect: true,
    connectTimeout: REDIS_TIMEOUT_MS,
    commandTimeout: REDIS_TIMEOUT_MS,
    // A command that can't be sent fails immediately, and one without a response is never sent twice: the caller
    // decides what to do.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    retryStrategy: (times) => Math.min(LONGEST_WAIT_MS, 25 * 2 ** Math.min(times, 10)),
    // After a failover, this server may be a replica, or the address may belong to another server.
    reconnectOnError: ({ message }) => message.startsWith("READONLY"),
    ...(secure && caFile && { tls: { ca: [...rootCertificates, readFileSync(caFile, "utf8")] } }),
  }
}

function connectionTo(settings: RedisSettings, onFault: (error: unknown) => void): Redis {
  const made = new Redis(settings.url, optionsOf(settings))
  // Each command reports its own error.
  made.on("error", (error) => {
    onFault(error)
    // A TLS connection may fail twice (the certificate, then the server's reaction to that); ioredis only handles the
    // first.
    made.stream?.on("error", () => {})
  })
  return made
}

interface Look {
  key: string
  /** Called if it doesn't respond. */
  drop: (one: Redis) => void
  /** Called with its response: a refusal, or null. */
  hear: (refusal: string | null) => void
}

/**
 * A frozen server or a broken network doesn't close the connection. Neither does a server that has become a replica: it
 * only refuses writes, and then ioredis reconnects (`reconnectOnError`).
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

/** Remembers how Redis responds to writes, and logs changes once. */
function refusals() {
  let refused: string | null = null
  return {
    refusal: () => refused,
    hear: (refusal: string | null) => {
      if (refusal && !refused)
        logInfo(
          `Redis rejects writes: ${refusal} Running answers continue, but other processes can't follow them until Redis accepts writes again.`,
        )
      if (refused && !refusal) logInfo("Redis accepts writes again.")
      refused = refusal
    },
  }
}

/**
 * Connects and stays connected: lost or unresponsive connections are replaced for as long as the process runs. Rejects
 * with `RedisAway` if Redis doesn't respond within ten seconds.
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
    throw new RedisAway(fault, `REDIS_URL: Redis at ${new URL(settings.url).host} doesn't respond${words}.`)
  })
  let away = false
  commands.on("close", () => {
    if (!away)
      logInfo("Redis connection lost. Running answers continue; other processes get their updates once it is restored.")
    away = true
    // The other connections may still be open to a server that the address no longer belongs to.
    for (const one of all) if (one !== commands && one.status === "ready") one.disconnect(true)
  })
  commands.on("ready", () => {
    if (away) logInfo("Redis connection restored.")
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
    // Retried until then.
    connection.connect().catch(() => {})
  })
}
