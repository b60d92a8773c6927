/**
 * The operator's MCP servers: `MCP_FILE`, in the format that other clients use (`{"mcpServers": {name: {url,
 * headers}}}`).
 */
import { readFileSync, statSync } from "node:fs"
import { z } from "zod"
import { config } from "@/lib/config"
import { ConfigError } from "@/lib/config-error"
import { logFault } from "@/lib/log"
import { MAX_NAME } from "@/lib/mcp/types"
import { registerSecret } from "@/lib/redact-keys"
import { singleton } from "@/lib/singleton"

const serverSchema = z.looseObject({
  type: z.enum(["http", "streamable-http", "streamableHttp"], { error: "allowed: http" }).optional(),
  url: z.url({ protocol: /^https?$/, error: "allowed: an http or https address; programs (command) aren't supported" }),
  headers: z.record(z.string(), z.string()).default({}),
  disabled: z.boolean().default(false),
  /** Names of the allowed tools, as the server defines them. All if omitted. */
  tools: z.array(z.string()).optional(),
  /** Whether the user must confirm before a tool runs. */
  ask: z.enum(["always", "never"]).default("always"),
})
const fileSchema = z.looseObject({ mcpServers: z.record(z.string().min(1).max(MAX_NAME), serverSchema) })

export type FileServer = z.infer<typeof serverSchema> & { name: string }

interface Read {
  at: number
  /** When the file was last modified; null if it doesn't exist. */
  changed: number | null
  servers: FileServer[]
}

const state = () => singleton<{ read: Read | null }>("mcpFile", () => ({ read: null }))

/** Milliseconds for which the parsed file is used before checking for changes. */
const FRESH_MS = 2_000

/**
 * The configured servers, sorted by name. Changes to the file take effect while Sparkler runs; if the changed file
 * can't be read, the error is logged and the previous content stays in effect. Throws `ConfigError` if the first read
 * fails.
 */
export function fileServers(now = Date.now()): FileServer[] {
  const kept = state().read
  if (kept && now - kept.at < FRESH_MS) return kept.servers
  const changed = changedAt(config().mcpFile)
  if (kept && kept.changed === changed) {
    kept.at = now
    return kept.servers
  }
  try {
    const servers = changed === null ? [] : readServers(config().mcpFile)
    state().read = { at: now, changed, servers }
    return servers
  } catch (error) {
    if (!kept) throw error
    logFault("MCP_FILE", error)
    state().read = { ...kept, at: now, changed }
    return kept.servers
  }
}

/** Clears the cached content, after the file has been changed. */
export function forgetFile(): void {
  state().read = null
}

function changedAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
}

function readServers(file: string): FileServer[] {
  const wrong = (why: string) => new ConfigError(`MCP_FILE is wrong (${file}: ${why}).`)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, "utf8"))
  } catch (cause) {
    throw wrong(String(cause))
  }
  const read = fileSchema.safeParse(json)
  if (!read.success)
    throw wrong(read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "))
  return Object.entries(read.data.mcpServers)
    .map(([name, server]) => ({ ...server, name, headers: filled(server.headers, wrong) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Replaces `${NAME}` with the environment variable, so that the file needn't contain secrets. */
function filled(headers: Record<string, string>, wrong: (why: string) => ConfigError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([header, text]) => {
      const value = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
        const set = process.env[name]
        if (set === undefined) throw wrong(`${header}: the environment variable ${name} isn't set`)
        return set
      })
      registerSecret(value.replace(/^Bearer\s+/i, ""))
      return [header, value]
    }),
  )
}
