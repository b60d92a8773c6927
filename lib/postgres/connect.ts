/** Connections to PostgreSQL: how many, their timeouts, and the error messages if there is none. */
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { config } from "@/lib/config"
import { ConfigError } from "@/lib/config-error"
import { logFault } from "@/lib/log"

/**
 * Milliseconds that PostgreSQL lets a transaction be idle: a frozen process must not keep its locks, since others wait
 * for them to close its answers.
 */
const MAX_IDLE_MS = 5_000
/** Timeout in milliseconds for a connection, including the wait for a free one in the pool. */
const CONNECT_MS = 10_000
const RETRY_MS = 500

/**
 * Cost of a random page relative to a sequential one; the default of 4 is for spinning disks. With it, the newest texts
 * of a person with many would be looked up among everyone's, which reads eight times the pages.
 */
const PLANNER = "-c random_page_cost=1.1"

/** This process's pool. A connection closed by the server is replaced on the next request. */
export function postgresPool(connectionString: string): pg.Pool {
  const { pool: max, statementMs } = config().store.database
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: MAX_IDLE_MS,
    keepAlive: true,
    application_name: "sparkler",
    options: PLANNER,
  })
  // Without a listener, an idle connection that breaks would end the process.
  pool.on("error", (error) => logFault("PostgreSQL closed an idle connection", error))
  return pool
}

/**
 * One connection outside the pool. `waitMs`: how long to retry while the server refuses connections or is starting.
 * Throws a `ConfigError` that says what is wrong with the URL, without the password.
 */
export async function connectPostgres(connectionString: string, { waitMs = 0 } = {}): Promise<pg.Client> {
  const until = Date.now() + waitMs
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_MS, keepAlive: true })
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (!STARTING.has(codeOf(error)) || Date.now() >= until) throw new ConfigError(reasonOf(error, connectionString))
      await wait(RETRY_MS)
    }
  }
}

/** Connection refused, name not resolved yet, starting up, too many connections. */
const STARTING = new Set(["ECONNREFUSED", "EAI_AGAIN", "57P03", "53300"])

function codeOf(error: unknown): string {
  // If a name has several addresses, each has its own error.
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error && "code" in first ? String(first.code) : ""
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: "connection refused; start PostgreSQL, or correct the host and port",
  ENOTFOUND: "unknown host",
  EAI_AGAIN: "unknown host",
  ETIMEDOUT: "no response; a firewall may be blocking it",
  "28P01": "the password is wrong",
  "28000": "this user isn't allowed to connect; see the server's pg_hba.conf",
  "3D000": "the database doesn't exist; create it first: CREATE DATABASE …",
  "53300": "no connections left; check the server's max_connections, and DATABASE_POOL",
  "57P03": "it is starting or shutting down",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate isn't trusted; set its certificate authority with sslrootcert=FILE",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate isn't trusted; set its certificate authority with sslrootcert=FILE",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate isn't trusted; set its certificate authority with sslrootcert=FILE",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
  CERT_HAS_EXPIRED: "its certificate has expired",
}

function reasonOf(error: unknown, connectionString: string): string {
  const where = URL.canParse(connectionString) ? new URL(connectionString).host : "the server"
  const said = error instanceof Error ? error.message : String(error)
  const known = /does not support SSL/i.test(said) ? "no TLS support; remove sslmode, or turn on TLS there" : null
  return `DATABASE_URL can't be used: PostgreSQL at ${where}: ${known ?? REASONS[codeOf(error)] ?? said}.`
}
