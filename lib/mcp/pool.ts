/** Keeps connections for the next call: separate per user, closed after a period without use. */
import { ToolError } from "@/lib/ai/tools/define"
import { sentence } from "@/lib/i18n/sentences"
import { type Connection, connect } from "@/lib/mcp/connection"
import { missingScope } from "@/lib/mcp/problems"
import type { Server } from "@/lib/mcp/servers"
import { requestScope } from "@/lib/mcp/sign-in"
import { singleton } from "@/lib/singleton"

/** Milliseconds that an idle connection is kept. */
const IDLE_MS = 300_000
/** Maximum number of connections of all users together, and per user and server. */
const MOST = 200
const MAX_EACH = 4

interface Kept {
  connection: Connection
  key: string
  busy: boolean
  timer: NodeJS.Timeout | null
}

const kept = () => singleton("mcpConnections", () => new Set<Kept>())
/** Number of connections being established. */
const making = () => singleton("mcpMaking", () => new Map<string, number>())

const keyOf = ({ userId, id }: Pick<Server, "userId" | "id">) => `${userId} ${id}`

/**
 * Runs `work` with exclusive use of a connection. After an error the connection is closed, unless `isFine` says that
 * only the call failed. Rejects with the error from `connect` or `work`.
 */
export async function withConnection<T>(
  server: Server,
  work: (connection: Connection) => Promise<T>,
  { signal, isFine = () => false }: { signal?: AbortSignal; isFine?: (error: unknown) => boolean } = {},
): Promise<T> {
  const taken = await take(server, signal)
  try {
    const result = await work(taken.connection)
    giveBack(taken)
    return result
  } catch (error) {
    if (isFine(error)) giveBack(taken)
    else drop(taken)
    const scope = missingScope(error)
    if (scope && server.row) await requestScope(server.row, scope)
    throw error
  } finally {
    taken.connection.call = null
  }
}

async function take(server: Server, signal: AbortSignal | undefined): Promise<Kept> {
  const key = keyOf(server)
  for (const one of kept())
    if (one.key === key && !one.busy && one.connection.server.revision !== server.revision) drop(one)
  const free = [...kept()].find((one) => one.key === key && !one.busy)
  if (free) {
    if (free.timer) clearTimeout(free.timer)
    Object.assign(free, { busy: true, timer: null })
    free.connection.used = true
    return free
  }
  makeRoom(server, key)
  const count = making()
  count.set(key, (count.get(key) ?? 0) + 1)
  try {
    const connection = await connect(server, signal)
    const made: Kept = { connection, key, busy: true, timer: null }
    kept().add(made)
    return made
  } finally {
    const left = (count.get(key) ?? 1) - 1
    if (left > 0) count.set(key, left)
    else count.delete(key)
  }
}

function makeRoom(server: Server, key: string): void {
  const all = [...kept()]
  const begun = [...making().values()].reduce((sum, count) => sum + count, 0)
  const own = all.filter((one) => one.key === key).length + (making().get(key) ?? 0)
  if (own >= MAX_EACH) throw new ToolError(sentence("mcp:busy", { server: server.name }))
  if (all.length + begun < MOST) return
  const idle = all.find(({ busy }) => !busy)
  if (!idle) throw new ToolError(sentence("mcp:busy", { server: server.name }))
  drop(idle)
}

function giveBack(one: Kept): void {
  // Its settings have changed since.
  if (!kept().has(one)) {
    one.connection.close()
    return
  }
  one.busy = false
  one.timer = setTimeout(() => drop(one), IDLE_MS)
  one.timer.unref()
}

function drop(one: Kept): void {
  if (one.timer) clearTimeout(one.timer)
  kept().delete(one)
  if (!one.busy) one.connection.close()
  else void one.connection.client.close().catch(() => undefined)
}

/**
 * Closes this user's open connections to a server, because its settings have changed. A call in progress finishes
 * first.
 */
export function closeConnections(server: Pick<Server, "userId" | "id">): void {
  for (const one of kept()) {
    if (one.key !== keyOf(server)) continue
    if (one.busy) kept().delete(one)
    else drop(one)
  }
}

/** For shutdown, and for tests. */
export function closeAllConnections(): void {
  for (const one of kept()) drop(one)
}
