import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { addServer, mcpServers } from "@/lib/mcp/own"
import { addServerSchema } from "@/lib/mcp/types"

/** The person's MCP servers and the operator's, without their secrets. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "mcp:list")
  return Response.json(await mcpServers(user.id))
})

export const POST = route(async (request) => {
  const user = await requireRight(request, "mcp:change")
  const added = await addServer(user.id, await readJson(request, addServerSchema, { maxBytes: 100_000 }))
  return Response.json(added, { status: 201 })
})
