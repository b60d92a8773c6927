/** The tools of each server: requested once and cached for a while, so that answers don't wait for servers. */
import type { Tool } from "@modelcontextprotocol/client"
import { renderSentence } from "@/lib/i18n/sentences"
import { logInfo } from "@/lib/log"
import { closeConnections, withConnection } from "@/lib/mcp/pool"
import { problemOf } from "@/lib/mcp/problems"
import type { Server } from "@/lib/mcp/servers"
import { singleton } from "@/lib/singleton"

/** Milliseconds for which a list is fresh; after that it is refreshed in the background when an answer starts. */
const FRESH_MS = 60_000
/** Milliseconds until a failed server is tried again. */
const AGAIN_MS = 20_000
const LIST_MS = 15_000
/** Maximum number of cached lists, of all users together. */
const MAX_LISTS = 500

export const MAX_TOOLS = 128

export interface Listed {
  tools: Tool[]
  version: string | null
}

interface Kept {
  revision: string
  listed: Listed | null
  at: number
  asking: Promise<Listed> | null
  failed: number | null
}

const lists = () => singleton("mcpLists", () => new Map<string, Kept>())
const keyOf = ({ userId, id }: Pick<Server, "userId" | "id">) => `${userId} ${id}`

function keptOf(server: Server): Kept {
  const key = keyOf(server)
  const known = lists().get(key)
  if (known?.revision === server.revision) return known
  const made: Kept = { revision: server.revision, listed: null, at: 0, asking: null, failed: null }
  lists().delete(key)
  lists().set(key, made)
  const [oldest] = lists().keys()
  if (lists().size > MAX_LISTS && oldest !== undefined) lists().delete(oldest)
  return made
}

/** Requests the list from the server. Rejects with the error. */
export function listTools(server: Server): Promise<Listed> {
  const kept = keptOf(server)
  kept.asking ??= ask(server)
    .then((listed) => {
      Object.assign(kept, { listed, at: Date.now(), failed: null })
      return listed
    })
    .catch((error: unknown) => {
      Object.assign(kept, { listed: null, failed: Date.now() })
      logInfo(`MCP server ${server.id}: ${renderSentence(problemOf(error, server.name))}`)
      throw error
    })
    .finally(() => {
      kept.asking = null
    })
  return kept.asking
}

const ask = (server: Server): Promise<Listed> =>
  withConnection(server, async (connection) => {
    connection.onListChanged = () => {
      keptOf(server).at = 0
    }
    const { tools } = await connection.client.listTools(undefined, { timeout: LIST_MS, cacheMode: "refresh" })
    const allowed = tools.filter(({ name }) => server.only?.includes(name) ?? true)
    const { name, version } = connection.client.getServerVersion() ?? {}
    return {
      tools: allowed.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_TOOLS),
      version: name ? `${name} ${version ?? ""}`.trim().slice(0, 100) : null,
    }
  })

/**
 * The tools for an answer that is starting: the cached list if there is one, else what arrives within `waitMs`. Null if
 * the server can't be reached, or not in time.
 */
export async function toolsWithin(server: Server, waitMs: number): Promise<Tool[] | null> {
  const kept = keptOf(server)
  const now = Date.now()
  if (kept.listed) {
    if (now - kept.at > FRESH_MS) void listTools(server).catch(() => undefined)
    return kept.listed.tools
  }
  if (kept.failed !== null && now - kept.failed < AGAIN_MS) return null
  const coming = listTools(server).then(
    ({ tools }) => tools,
    () => null,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), waitMs)
  })
  return Promise.race([coming, late]).finally(() => clearTimeout(timer))
}

/** Drops cached data of a server whose settings have changed. */
export function evictServer(server: Pick<Server, "userId" | "id">): void {
  lists().delete(keyOf(server))
  closeConnections(server)
}

/** For tests. */
export function clearToolLists(): void {
  lists().clear()
}
