/** The servers available to an answer: the operator's, and the user's own. */
import { type McpServerRow, mcpServersOf } from "@/lib/db/tools/mcp-servers"
import { type FileServer, fileServers } from "@/lib/mcp/file"
import { slugOf } from "@/lib/mcp/names"
import { openSecrets } from "@/lib/mcp/secrets"
import { operatorSettings } from "@/lib/operator/settings"

/** A server as used on behalf of one user. */
export interface Server {
  id: string
  /** The user whose answers it serves. */
  userId: string
  /** Display name. */
  name: string
  /** Prefix of its tool names; unique among this user's servers. */
  slug: string
  url: string
  headers: Record<string, string>
  /** A user's own server: requested through the guarded fetch. */
  own: boolean
  enabled: boolean
  /** Changes with anything a connection depends on. */
  revision: string
  /** Names of the allowed tools, as the server defines them; undefined for all. */
  only: string[] | undefined
  /** Calls run without confirmation: the operator's setting. */
  unasked: boolean
  /** The row; null for the operator's. */
  row: McpServerRow | null
}

const OPERATORS = "operator:"

/** All servers of this user, the operator's first. Own ones only while the operator allows them. */
export async function serversOf(userId: string): Promise<Server[]> {
  const [{ mcpServers }, rows] = await Promise.all([operatorSettings(), mcpServersOf(userId)])
  const found = [
    ...fileServers().map((server) => ofOperator(userId, server)),
    ...(mcpServers ? rows.map(ofPerson) : []),
  ]
  const taken = new Set<string>()
  return found.map((server) => {
    const slug = freeSlug(slugOf(server.name), taken)
    taken.add(slug)
    return { ...server, slug }
  })
}

function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  let free = slug
  for (let number = 2; taken.has(free); number++) free = `${slug.slice(0, 20)}_${number}`
  return free
}

type Unnamed = Omit<Server, "slug">

function ofOperator(userId: string, file: FileServer): Unnamed {
  const { name, url, headers, tools, ask, disabled } = file
  return {
    ...{ id: `${OPERATORS}${name}`, userId, name, url, headers, own: false, enabled: !disabled },
    ...{ only: tools, unasked: ask === "never", revision: JSON.stringify([url, headers]), row: null },
  }
}

function ofPerson(row: McpServerRow): Unnamed {
  const { id, userId, name, url, sealed, enabled } = row
  return {
    ...{ id, userId, name, url, enabled, own: true, headers: openSecrets(sealed).headers },
    ...{ only: undefined, unasked: false, revision: `${url} ${sealed ?? ""}`, row },
  }
}
