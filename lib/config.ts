/** The environment, read once. Every setting is listed in README's table. */

import path from "node:path"
import { z } from "zod"
import { type AccountConfig, accountConfig, accountSecrets, accountValues } from "@/lib/config-accounts"
import { ConfigError } from "@/lib/config-error"
import { type LimitsConfig, limitsConfig, limitValues } from "@/lib/config-limits"
import { type NetworkConfig, networkConfig, networkSecrets, networkValues } from "@/lib/config-network"
import { type ObserveConfig, observeConfig, observeValues } from "@/lib/config-observe"
import { type OperatorConfig, operatorConfig, operatorEnvironment } from "@/lib/config-operator"
import { type ProcessConfig, processConfig, processSecrets, processValues } from "@/lib/config-processes"
import { type SearchConfig, searchConfig, searchSecrets, searchValues, wikipediaUrl } from "@/lib/config-search"
import { loadOrCreateSecret } from "@/lib/config-secret"
import { type StoreConfig, storeConfig, storeSecrets, storeValues } from "@/lib/config-store"
import { text, url } from "@/lib/config-values"
import { exceptionsIn } from "@/lib/proxy"
import { registerSecret } from "@/lib/redact-keys"

export { ConfigError }

const FIREWORKS_URL = "https://api.fireworks.ai/inference/v1"

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
  WEATHER_URL: url("an Open-Meteo forecast server"),
  GEOCODING_URL: url("an Open-Meteo geocoding server"),
  ...searchValues,
  ...networkValues,
  ...limitValues,
  ...storeValues,
  ...processValues,
  ...observeValues,
  DEMO_RECORDINGS: text,
  MCP_FILE: text,
  MCP_ALLOWED_HOSTS: text,
})

export interface Config extends NetworkConfig, ProcessConfig {
  /** `FIREWORKS_API_KEY`. A different key may be in use: see `lib/ai/upstream/key.ts`. */
  environmentKey: string | undefined
  /** Without a trailing slash. */
  baseUrl: string
  /** A server is configured explicitly: use it even without a key. */
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
  /** Defaults for the administration page's settings; for current values, use `lib/operator/settings.ts`. */
  operator: OperatorConfig
  /** Sign-in issuers, the administrator's address, and email. */
  accounts: AccountConfig
  weatherUrl: string
  geocodingUrl: string
  wikipediaUrl: string
  /** Web search. */
  search: SearchConfig
  /** Absolute path of the operator's MCP servers file; it doesn't have to exist. */
  mcpFile: string
  /** Folder of recordings that the demo model plays. */
  demoRecordings: string | undefined
  /** Hosts of people's MCP servers that may have any address, in the format of `NO_PROXY`. */
  mcpAllowedHosts: string[]
  limits: LimitsConfig
  store: StoreConfig
  observe: ObserveConfig
}

/** Reads settings from `env`. Throws a `ConfigError` naming every invalid one. */
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
  const databaseUrl = e.DATABASE_URL ?? `file:${path.join(dataDir, "sparkler.db")}`
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
    databaseUrl,
    authSecret: e.AUTH_SECRET,
    operator: operatorConfig(e),
    accounts: accountConfig(e),
    weatherUrl: strip(e.WEATHER_URL ?? "https://api.open-meteo.com"),
    geocodingUrl: strip(e.GEOCODING_URL ?? "https://geocoding-api.open-meteo.com"),
    wikipediaUrl: wikipediaUrl(e),
    search: searchConfig(e),
    ...networkConfig(e, dataDir),
    ...processConfig(e, databaseUrl),
    demoRecordings: e.DEMO_RECORDINGS && path.resolve(/* turbopackIgnore: true */ e.DEMO_RECORDINGS),
    mcpFile: e.MCP_FILE ? path.resolve(/* turbopackIgnore: true */ e.MCP_FILE) : path.join(dataDir, "mcp.json"),
    mcpAllowedHosts: exceptionsIn(e.MCP_ALLOWED_HOSTS),
    limits: limitsConfig(e),
    store: storeConfig(e, dataDir),
    observe: observeConfig(e),
  }
}

/** Fireworks serves both APIs on one host: `…/inference/v1` for models, `…/v1` for the account. */
const accountUrlOf = (baseUrl: string): string | null =>
  baseUrl.endsWith("/inference/v1") ? baseUrl.replace(/\/inference\/v1$/, "/v1") : null

let current: Config | undefined

/** The settings of this process. Throws a `ConfigError` if one is invalid. */
export function config(): Config {
  if (!current) {
    const read = readConfig(process.env)
    current = { ...read, authSecret: read.authSecret ?? loadOrCreateSecret(read.dataDir) }
    registerSecret(current.environmentKey)
    registerSecret(current.authSecret)
    registerSecret(current.observe.metricsToken)
    const secrets = [
      ...accountSecrets(current.accounts),
      ...searchSecrets(current.search),
      ...networkSecrets(current),
      ...storeSecrets(current.store, current.databaseUrl),
      ...processSecrets(current),
    ]
    for (const secret of secrets) registerSecret(secret)
  }
  return current
}
