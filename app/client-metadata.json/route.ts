import { clientMetadata, clientMetadataUrl } from "@/lib/mcp/sign-in"

export const dynamic = "force-dynamic"

/** Sparkler's OAuth client ID metadata document, for issuers where people sign in to their MCP servers. */
export function GET(): Response {
  const client_id = clientMetadataUrl()
  if (!client_id) return new Response(null, { status: 404 })
  return Response.json({ client_id, ...clientMetadata() }, { headers: { "cache-control": "public, max-age=3600" } })
}
