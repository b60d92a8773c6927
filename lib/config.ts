/** The environment, read once. Every setting stands in README's table. */

import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { z } from "zod"
import { type AccountConfig, accountConfig, accountSecrets, accountValues } from "@/lib/config-accounts"
import { ConfigError } from "@/lib/config-error"
import { type OperatorConfig, operatorConfig, operatorEnvironment } from "@/lib/config-operator"
import { type SearchConfig, searchConfig, searchSecrets, searchValues, wikipediaUrl } from "@/lib/config-search"
import { count, optionalCount, text, url } from "@/lib/config-values"
import { keepHidden } from "@/lib/hide-keys"
import { MAX_OUTPUT } from "@/lib/limits"
import { exceptionsIn, type Proxies, proxyAddress } from "@/lib/proxy"

export { ConfigError }

const FIREWORKS_URL = "https://api.fireworks.ai/inference/v1"

const proxy = text.pipe(
  z
    .string()
    .transform((value, context) => {
      const address = proxyAddress(value)
      if (address === null)
        context.addIssue({ code: "custom", message: "allowed: http://HOST:PORT or https://HOST:PORT" })
      return address ?? z.NEVER
    })
    .optional(),
)
const environment = z.object({
  FIREWORKS_API_KEY: text,
  FIREWORKS_BASE_URL: url("an OpenAI-compatible server, e.g. http://localhost:11434/v1"),
  FIREWORKS_ACCOUNT_URL: url("Fireworks' account API, e.g. https://api.fireworks.ai/v1"),
  OLLAMA_URL: url("an Ollama server"),
  DEFAULT_MODEL: text,
  VISION_MODEL: text,
  TITLE_MODEL: text,
  DATA_DIR: text,
  DATABASE_URL: text.pipe(
    z
      .string()
      .regex(/^(file:|postgres(ql)?:\/\/)/, { error: "allowed: file:… or postgresql://…" })
      .optional(),
  ),
  AUTH_SECRET: text.pipe(z.string().min(32, { error: "allowed: at least 32 characters" }).optional()),
  ...operatorEnvironment,
  ...accountValues,
  DELETE_ACCOUNT_AFTER_DAYS: count(7, 0, 365),
  MAX_IMPORT_MB: count(500, 1, 10_000),
  APP_URL: url("this application, as people type it"),
  WEATHER_URL: url("an Open-Meteo forecast server"),
  GEOCODING_URL: url("an Open-Meteo geocoding server"),
  ...searchValues,
  // Both spellings are in use; the small one wins, as in curl and Node.js.
  HTTPS_PROXY: proxy,
  https_proxy: proxy,
  HTTP_PROXY: proxy,
  http_proxy: proxy,
  NO_PROXY: text,
  no_proxy: text,
  CA_FILE: text,
  MCP_FILE: text,
  MCP_ALLOWED_HOSTS: text,
  HOST: text,
  PORT: count(3000, 0, 65_535),
  SANDBOX_PORT: optionalCount(0, 65_535),
  SANDBOX_URL: url("the sandbox, on another origin than APP_URL"),
  PYTHON_WHEELS_DIR: text,
  TRUSTED_PROXIES: count(0, 0, 10),
  NEW_GUESTS_PER_HOUR: count(100, 1, 1_000_000),
  GUEST_ANSWERS_PER_DAY: count(5_000, 0, 100_000_000),
  MAX_MESSAGE_CHARS: count(400_000, 1_000, 10_000_000),
  MAX_IMAGE_MB: count(20, 1, 200),
  MAX_OUTPUT_TOKENS: optionalCount(64, MAX_OUTPUT),
  MAX_TOOL_STEPS: count(8, 1, 50),
  MAX_RUNNING_PER_USER: count(8, 1, 1_000),
  FIRST_TOKEN_TIMEOUT_S: count(120, 1, 3_600),
  SILENCE_TIMEOUT_S: count(60, 1, 3_600),
  STARTING_TIMEOUT_S: count(1_200, 1, 86_400),
})

export interface Config {
  /** `FIREWORKS_API_KEY`. What is in use may be another one: ask `lib/ai/upstream/key.ts`. */
  environmentKey: string | undefined
  /** Without a trailing slash. */
  baseUrl: string
  /** The person named a server: use it even without a key. */
  baseUrlSet: boolean
  /** Fireworks' account API, without a trailing slash; null for another server. */
  accountUrl: string | null
  ollamaUrl: string
  defaultModel: string | undefined
  visionModel: string | undefined
  titleModel: string | undefined
  /** Absolute. */
  dataDir: string
  databaseUrl: string
  authSecret: string
  /** Where the administration page says nothing else: ask `lib/operator/settings.ts`. */
  operator: OperatorConfig
  /** Who people are, beside their passwords; and how mail gets to them. */
  accounts: AccountConfig
  /** Origin that people type, when configured. */
  appUrl: string | undefined
  weatherUrl: string
  geocodingUrl: string
  wikipediaUrl: string
  /** Of the web. */
  search: SearchConfig
  /** Between this process and the servers that it asks. */
  proxies: Proxies
  /** Certificates to believe beside those that Node.js believes: a file in PEM, absolute. */
  caFile: string | undefined
  /** As it listens: an address of this machine, or all of them. */
  host: string
  /** The operator's MCP servers; absolute. It need not be there. */
  mcpFile: string
  /** Hosts of people's MCP servers that may be anywhere, as `NO_PROXY` has them. */
  mcpAllowedHosts: string[]
  port: number
  /** Where model-made code runs. */
  sandbox: {
    /** Undefined: the one after `port`, or any that is free. */
    port: number | undefined
    /** The origin by which browsers reach it, when a proxy is in between. */
    url: string | undefined
    /** Folder of wheels that Python may import, absolute. */
    wheelsDir: string
  }
  /** Reverse proxies whose entry in `x-forwarded-for` is believed. */
  trustedProxies: number
  /** Where people on this machine, or at `APP_URL`, open the page: without a trailing slash. */
  address: string
  limits: {
    messageChars: number
    imageBytes: number
    /** Of a file of chats from elsewhere. */
    importBytes: number
    /** Milliseconds from the wish to delete an account to its end. */
    deleteAccountMs: number
    /** The most that an answer may have, whoever asks; undefined: what its model gives. */
    outputTokens: number | undefined
    toolSteps: number
    runningPerUser: number
    /** Guests that may begin from one address within an hour. */
    newGuestsPerHour: number
    /** Answers to all guests together in a day (UTC). */
    guestAnswersPerDay: number
    /** Milliseconds. */
    firstTokenMs: number
    silenceMs: number
    /** That a deployment of one's own may take to start. */
    startingMs: number
  }
}

/** Reads settings from `env`. Throws `ConfigError` naming every wrong one. */
export function readConfig(
  env: Record<string, string | undefined>,
): Omit<Config, "authSecret"> & { authSecret?: string } {
  const result = environment.safeParse(env)
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join(".")} is wrong (${issue.message}).`)
    throw new ConfigError([...new Set(lines)].join("\n"))
  }
  const e = result.data
  const dataDir = path.resolve(/* turbopackIgnore: true */ e.DATA_DIR ?? "data")
  const strip = (address: string) => address.replace(/\/+$/, "")
  const baseUrl = strip(e.FIREWORKS_BASE_URL ?? FIREWORKS_URL)
  const appUrl = e.APP_URL ? new URL(e.APP_URL).origin : undefined
  return {
    environmentKey: e.FIREWORKS_API_KEY,
    baseUrl,
    baseUrlSet: e.FIREWORKS_BASE_URL !== undefined,
    accountUrl: e.FIREWORKS_ACCOUNT_URL ? strip(e.FIREWORKS_ACCOUNT_URL) : accountUrlOf(baseUrl),
    ollamaUrl: strip(e.OLLAMA_URL ?? "http://127.0.0.1:11434"),
    defaultModel: e.DEFAULT_MODEL,
    visionModel: e.VISION_MODEL,
    titleModel: e.TITLE_MODEL,
    dataDir,
    databaseUrl: e.DATABASE_URL ?? `file:${path.join(dataDir, "sparkler.db")}`,
    authSecret: e.AUTH_SECRET,
    operator: operatorConfig(e),
    accounts: accountConfig(e),
    appUrl,
    weatherUrl: strip(e.WEATHER_URL ?? "https://api.open-meteo.com"),
    geocodingUrl: strip(e.GEOCODING_URL ?? "https://geocoding-api.open-meteo.com"),
    wikipediaUrl: wikipediaUrl(e),
    search: searchConfig(e),
    proxies: {
      https: e.https_proxy ?? e.HTTPS_PROXY,
      http: e.http_proxy ?? e.HTTP_PROXY,
      except: exceptionsIn(e.no_proxy ?? e.NO_PROXY),
    },
    mcpFile: e.MCP_FILE ? path.resolve(/* turbopackIgnore: true */ e.MCP_FILE) : path.join(dataDir, "mcp.json"),
    mcpAllowedHosts: exceptionsIn(e.MCP_ALLOWED_HOSTS),
    caFile: e.CA_FILE && path.resolve(/* turbopackIgnore: true */ e.CA_FILE),
    host: e.HOST ?? "127.0.0.1",
    port: e.PORT,
    sandbox: {
      port: e.SANDBOX_PORT,
      url: sandboxUrl(e.SANDBOX_URL, appUrl),
      wheelsDir: path.resolve(/* turbopackIgnore: true */ e.PYTHON_WHEELS_DIR ?? path.join(dataDir, "wheels")),
    },
    trustedProxies: e.TRUSTED_PROXIES,
    address: appUrl ?? `http://${hostShown(e.HOST)}:${e.PORT}`,
    limits: limitsOf(e),
  }
}

/** Of people, requests and answers. */
const limitsOf = (e: z.output<typeof environment>): Config["limits"] => ({
  messageChars: e.MAX_MESSAGE_CHARS,
  imageBytes: e.MAX_IMAGE_MB * 1_000_000,
  importBytes: e.MAX_IMPORT_MB * 1_000_000,
  deleteAccountMs: e.DELETE_ACCOUNT_AFTER_DAYS * 86_400_000,
  outputTokens: e.MAX_OUTPUT_TOKENS,
  toolSteps: e.MAX_TOOL_STEPS,
  runningPerUser: e.MAX_RUNNING_PER_USER,
  newGuestsPerHour: e.NEW_GUESTS_PER_HOUR,
  guestAnswersPerDay: e.GUEST_ANSWERS_PER_DAY,
  firstTokenMs: e.FIRST_TOKEN_TIMEOUT_S * 1_000,
  silenceMs: e.SILENCE_TIMEOUT_S * 1_000,
  startingMs: e.STARTING_TIMEOUT_S * 1_000,
})

/** Throws where model-made code would run in the application's own origin, or nobody could say who may embed it. */
function sandboxUrl(address: string | undefined, appUrl: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const { origin } = new URL(address)
  if (!appUrl) throw new ConfigError("SANDBOX_URL is wrong (it needs APP_URL beside it).")
  if (origin === appUrl) throw new ConfigError("SANDBOX_URL is wrong (allowed: another origin than APP_URL).")
  return origin
}

/** Fireworks keeps both APIs on one host: `…/inference/v1` for models, `…/v1` for the account. */
const accountUrlOf = (baseUrl: string): string | null =>
  baseUrl.endsWith("/inference/v1") ? baseUrl.replace(/\/inference\/v1$/, "/v1") : null

/** A name for the address that the server listens on; `0.0.0.0` and its like are no places to go to. */
function hostShown(host: string | undefined): string {
  if (!host || ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host)) return "localhost"
  return host.includes(":") ? `[${host}]` : host
}

/** The kept secret of `dataDir`, made at the first start, readable by the owner only. */
function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, "auth-secret")
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new ConfigError(`DATA_DIR is wrong (the folder ${dataDir} can't be made: ${String(cause)}).`)
  }
  try {
    // "wx": of two processes that start at once, one writes and both read the same.
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" })
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST"))
      throw new ConfigError(`DATA_DIR is wrong (the folder ${dataDir} can't be written: ${String(cause)}).`)
  }
  const secret = readFileSync(file, "utf8").trim()
  if (secret.length < 32)
    throw new ConfigError(
      `AUTH_SECRET can't be read: ${file} is damaged; delete it to sign everyone out and make a new one.`,
    )
  return secret
}

const passwordOf = (address: string) => decodeURIComponent(new URL(address).password)

let current: Config | undefined

/** The settings of this process. Throws `ConfigError` when one is wrong. */
export function config(): Config {
  if (!current) {
    const read = readConfig(process.env)
    current = { ...read, authSecret: read.authSecret ?? keptSecret(read.dataDir) }
    keepHidden(current.environmentKey)
    keepHidden(current.authSecret)
    for (const secret of [...accountSecrets(current.accounts), ...searchSecrets(current.search)]) keepHidden(secret)
    for (const proxy of [current.proxies.https, current.proxies.http]) keepHidden(proxy && passwordOf(proxy))
  }
  return current
}
