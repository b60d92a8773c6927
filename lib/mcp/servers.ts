/** The servers of an answer: the operator's, and the person's own. */
import { type McpServerRow, mcpServersOf } from "@/lib/db/tools/mcp-servers"
import { type FileServer, fileServers } from "@/lib/mcp/file"
import { slugOf } from "@/lib/mcp/names"
import { openSecrets } from "@/lib/mcp/secrets"
import { operatorSettings } from "@/lib/operator/settings"

/** A server as it is asked for one person. */
export interface Server {
  id: string
  /** Whose answers it serves. */
  userId: string
  /** As people call it. */
  name: string
  /** As its tools' names begin; no other server of this person has it. */
  slug: string
  url: string
  headers: Record<string, string>
  /** The person's own: its address is asked by the guarded fetch. */
  own: boolean
  enabled: boolean
  /** Changes with all that a connection depends on. */
  revision: string
  /** Tools that may be called, as the server names them; undefined: all. */
  only: string[] | undefined
  /** Calls run unasked: the operator said so. */
  unasked: boolean
  /** The row; null of the operator's. */
  row: McpServerRow | null
}

const OPERATORS = "operator:"

/** All servers of this person, the operator's first. Own ones only while the operator allows them. */
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
