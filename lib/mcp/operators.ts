/** The tools of the operator's servers, for the settings page that enables and disables them. */
import { toolsWithin } from "@/lib/mcp/listing"
import { toolNamesOf } from "@/lib/mcp/names"
import { serversOf } from "@/lib/mcp/servers"

/** Milliseconds that a page waits for servers without a cached list. */
const WAIT_MS = 4_000

export interface OperatorServer {
  name: string
  /** By the names models use; null if the server can't be reached. */
  tools: { name: string; title: string }[] | null
}

/** The enabled servers of `MCP_FILE`, requested like this administrator's answers would. */
export async function listOperatorServers(userId: string): Promise<OperatorServer[]> {
  const servers = (await serversOf(userId)).filter(({ own, enabled }) => !own && enabled)
  return Promise.all(
    servers.map(async (server) => {
      const tools = await toolsWithin(server, WAIT_MS)
      if (!tools) return { name: server.name, tools: null }
      const names = toolNamesOf(
        server.slug,
        tools.map(({ name }) => name),
      )
      return {
        name: server.name,
        tools: tools.map((tool, place) => ({
          name: names[place] ?? "",
          title: tool.title ?? tool.annotations?.title ?? tool.name,
        })),
      }
    }),
  )
}
