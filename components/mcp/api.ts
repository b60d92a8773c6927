/** API for MCP servers. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { AddServer, ChangeServer, McpServerState, McpServers } from "@/lib/mcp/types"

// Our own server's responses: a shallow check is enough.
const isServers = (value: unknown): value is McpServers => isRecord(value) && Array.isArray(value.servers)
const isState = (value: unknown): value is McpServerState => isRecord(value) && typeof value.state === "string"

const at = (id: string) => `/api/mcp/${encodeURIComponent(id)}`

export async function readServers(): Promise<McpServers> {
  const answer = await api("/api/mcp")
  if (!isServers(answer)) throw unexpected()
  return answer
}

/** Queries the server itself, which can take a while. */
export async function readState(id: string, signal?: AbortSignal): Promise<McpServerState> {
  const answer = await api(at(id), { signal })
  if (!isState(answer)) throw unexpected()
  return answer
}

export const addServer = (server: AddServer) => api("/api/mcp", { method: "POST", body: server })
export const changeServer = (id: string, change: ChangeServer) => api(at(id), { method: "PATCH", body: change })
export const removeServer = (id: string) => api(at(id), { method: "DELETE" })

/** The URL where the user signs in to the server. */
export async function signInTo(id: string): Promise<string> {
  const answer = await api(`${at(id)}/sign-in`, { method: "POST" })
  if (!isRecord(answer) || typeof answer.url !== "string") throw unexpected()
  return answer.url
}
