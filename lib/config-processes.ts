/** The number of processes, and how they communicate. */
import { z } from "zod"
import { ConfigError } from "@/lib/config-error"
import { text } from "@/lib/config-values"

const WORKERS = "allowed: a whole number from 1 to 256, or auto for one per CPU core"

export const processValues = {
  REDIS_URL: text.pipe(
    z
      .string()
      .transform((value, context) => {
        if (isRedis(value)) return value
        context.addIssue({
          code: "custom",
          message: "allowed: redis://:PASSWORD@HOST:PORT/DATABASE or rediss://…; write a % in the password as %25",
        })
        return z.NEVER
      })
      .optional(),
  ),
  REDIS_PREFIX: text.pipe(
    z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, { error: "allowed: up to 100 letters, digits, and symbols, without spaces" })
      .optional(),
  ),
  WORKERS: text.pipe(
    z
      .string()
      .regex(/^(auto|[1-9]\d{0,2})$/, { error: WORKERS })
      .refine((value) => value === "auto" || Number(value) <= 256, { error: WORKERS })
      .optional(),
  ),
}

function isRedis(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password, hostname, pathname } = new URL(value)
  const isReadable = !/%(?![\da-f]{2})/i.test(`${username}:${password}`)
  return /^rediss?:$/.test(protocol) && isReadable && hostname !== "" && /^\/?\d{0,5}$/.test(pathname)
}

export interface ProcessConfig {
  /** Null: this is the only process. */
  redis: { url: string; prefix: string } | null
}

const schema = z.object(processValues)

/** Throws `ConfigError` if several processes couldn't communicate. */
export function processConfig(e: z.output<typeof schema>, databaseUrl: string): ProcessConfig {
  const { REDIS_URL: url, WORKERS: workers } = e
  const postgres = databaseUrl.startsWith("postgres")
  if (url && !postgres)
    throw new ConfigError(
      "REDIS_URL is wrong (it connects multiple processes, which need DATABASE_URL=postgresql://…: only one process can use a SQLite file).",
    )
  if (workers && workers !== "1" && !(url && postgres))
    throw new ConfigError(
      `WORKERS is wrong (multiple processes need DATABASE_URL=postgresql://… and REDIS_URL${postgres ? "" : ": only one process can use a SQLite file"}).`,
    )
  return { redis: url ? { url, prefix: e.REDIS_PREFIX ?? "sparkler:" } : null }
}

/** Values that must be kept secret. */
export const processSecrets = ({ redis }: ProcessConfig): (string | undefined)[] => [
  redis ? decodeURIComponent(new URL(redis.url).password) : undefined,
]
