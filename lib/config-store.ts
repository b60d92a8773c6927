/** Storage settings: the PostgreSQL pool, an object store for files, backups. */
import path from "node:path"
import { z } from "zod"
import { ConfigError } from "@/lib/config-error"
import { count, flag, optionalCount, text, url } from "@/lib/config-values"

export const storeValues = {
  DATABASE_POOL: count(10, 2, 500),
  DATABASE_STATEMENT_TIMEOUT_S: count(60, 1, 3_600),
  S3_ENDPOINT: url("an S3 server, e.g. https://s3.eu-central-1.amazonaws.com"),
  S3_BUCKET: text.pipe(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: "allowed: the name of a bucket, e.g. sparkler-files" })
      .optional(),
  ),
  S3_REGION: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  S3_PREFIX: text.pipe(
    z
      .string()
      .regex(/^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*\/?$/, {
        error: "allowed: folders like team/sparkler, with letters, digits, and _ . -",
      })
      .optional(),
  ),
  S3_PATH_STYLE: flag(true),
  S3_SIGNED_LINKS: flag(false),
  BACKUP_DIR: text,
  BACKUP_EVERY_HOURS: optionalCount(1, 24 * 28),
  BACKUP_KEEP: count(7, 1, 1_000),
  BACKUP_SECRETS: flag(true),
}

export interface S3Config {
  /** Without a trailing slash. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Prefix of each key: empty, or ends with a slash. */
  prefix: string
  /** The bucket is in the path (`HOST/BUCKET/KEY`), else in the host name. */
  pathStyle: boolean
  /** Browsers get links to the S3 server instead of the bytes. */
  signedLinks: boolean
}

export interface StoreConfig {
  database: {
    /** Maximum PostgreSQL connections of this process. */
    pool: number
    /** Statement timeout in milliseconds. */
    statementMs: number
  }
  /** Null: files are stored in the data folder. */
  s3: S3Config | null
  backup: {
    /** Absolute. */
    folder: string
    /** Interval in milliseconds; undefined: only on request. */
    everyMs: number | undefined
    /** How many scheduled backups are kept. */
    keep: number
    /** Includes the data folder's secret files. */
    secrets: boolean
  }
}

const HOUR_MS = 60 * 60 * 1_000

const schema = z.object(storeValues)

/** `dataDir`: absolute. Throws `ConfigError`. */
export const storeConfig = (e: z.output<typeof schema>, dataDir: string): StoreConfig => ({
  database: { pool: e.DATABASE_POOL, statementMs: e.DATABASE_STATEMENT_TIMEOUT_S * 1_000 },
  s3: s3Config(e),
  backup: {
    folder: path.resolve(/* turbopackIgnore: true */ e.BACKUP_DIR ?? path.join(dataDir, "backups")),
    everyMs: e.BACKUP_EVERY_HOURS && e.BACKUP_EVERY_HOURS * HOUR_MS,
    keep: e.BACKUP_KEEP,
    secrets: e.BACKUP_SECRETS,
  },
})

const NEEDED = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const

/** All or none: with partial settings, files would end up in unexpected places. */
function s3Config(e: z.output<typeof schema>): S3Config | null {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = e
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
    const missing = NEEDED.filter((name) => !e[name])
    if (missing.length === NEEDED.length) return null
    throw new ConfigError(`${missing.join(", ")} is missing (S3 needs ${NEEDED.join(", ")}).`)
  }
  return {
    endpoint: S3_ENDPOINT.replace(/\/+$/, ""),
    bucket: S3_BUCKET,
    region: e.S3_REGION ?? "us-east-1",
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    prefix: e.S3_PREFIX ? `${e.S3_PREFIX.replace(/\/$/, "")}/` : "",
    pathStyle: e.S3_PATH_STYLE,
    signedLinks: e.S3_SIGNED_LINKS,
  }
}

/** The bucket's URL without a trailing slash: `https://HOST/BUCKET` or `https://BUCKET.HOST`. */
export function bucketAddress({ endpoint, bucket, pathStyle }: S3Config): string {
  const url = new URL(endpoint)
  if (pathStyle) url.pathname = `${url.pathname.replace(/\/$/, "")}/${bucket}`
  else url.hostname = `${bucket}.${url.hostname}`
  return url.href.replace(/\/$/, "")
}

/** The origin of signed links; null if bytes go through this process. */
export const linksOrigin = ({ s3 }: StoreConfig): string | null =>
  s3?.signedLinks ? new URL(bucketAddress(s3)).origin : null

/** Values that must be kept secret. */
export const storeSecrets = ({ s3 }: StoreConfig, databaseUrl: string): (string | undefined)[] => [
  s3?.secretAccessKey,
  passwordOf(databaseUrl),
]

function passwordOf(databaseUrl: string): string | undefined {
  if (!databaseUrl.startsWith("postgres") || !URL.canParse(databaseUrl)) return undefined
  const { password } = new URL(databaseUrl)
  try {
    return decodeURIComponent(password) || undefined
  } catch {
    return password
  }
}
