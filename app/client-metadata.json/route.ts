import { clientMetadata, clientMetadataUrl } from "@/lib/mcp/sign-in"

export const dynamic = "force-dynamic"

/** Who Sparkler is, for issuers that people sign in at for their MCP servers (OAuth client ID metadata document). */
export function GET(): Response {
  const client_id = clientMetadataUrl()
  if (!client_id) return new Response(null, { status: 404 })
  return Response.json({ client_id, ...clientMetadata() }, { headers: { "cache-control": "public, max-age=3600" } })
}
