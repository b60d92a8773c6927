/** The operator's MCP servers: `MCP_FILE`, in the form that other clients use (`{"mcpServers": {name: {url, headers}}}`). */
import { readFileSync, statSync } from "node:fs"
import { z } from "zod"
import { config } from "@/lib/config"
import { ConfigError } from "@/lib/config-error"
import { keepHidden } from "@/lib/hide-keys"
import { logFault } from "@/lib/log"
import { MOST_NAME } from "@/lib/mcp/types"
import { singleton } from "@/lib/singleton"

const serverSchema = z.looseObject({
  type: z.enum(["http", "streamable-http", "streamableHttp"], { error: "allowed: http" }).optional(),
  url: z.url({ protocol: /^https?$/, error: "allowed: an http or https address; programs (command) aren't started" }),
  headers: z.record(z.string(), z.string()).default({}),
  disabled: z.boolean().default(false),
  /** Names of the tools that may be called, as the server has them. All when left out. */
  tools: z.array(z.string()).optional(),
  /** Whether a person is asked before a tool runs. */
  ask: z.enum(["always", "never"]).default("always"),
})
const fileSchema = z.looseObject({ mcpServers: z.record(z.string().min(1).max(MOST_NAME), serverSchema) })

export type FileServer = z.infer<typeof serverSchema> & { name: string }

interface Read {
  at: number
  /** When the file was changed last; null: there is none. */
  changed: number | null
  servers: FileServer[]
}

const state = () => singleton<{ read: Read | null }>("mcpFile", () => ({ read: null }))

/** Milliseconds that what was read serves before the file is looked at. */
const FRESH_MS = 2_000

/**
 * Its servers in the order of their names. A file that was changed while Sparkler runs counts from then on; one that can't be
 * read is logged, and what it said before goes on. Throws `ConfigError` when the first reading fails.
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

/** Forgets what was read, for who has changed the file. */
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

/** `${NAME}` is what the environment says, so that secrets need not stand in the file. */
function filled(headers: Record<string, string>, wrong: (why: string) => ConfigError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([header, text]) => {
      const value = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
        const set = process.env[name]
        if (set === undefined) throw wrong(`${header}: the environment has no ${name}`)
        return set
      })
      keepHidden(value.replace(/^Bearer\s+/i, ""))
      return [header, value]
    }),
  )
}
