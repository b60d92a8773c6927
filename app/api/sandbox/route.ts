import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"
import { sandboxOrigin } from "@/lib/sandbox/place"

/** Where code of models runs for who opened the page at this host: an origin of its own, or null. */
export const GET = route(async (request) => {
  await requireRight(request, "file:read")
  return Response.json({ origin: sandboxOrigin(request.headers.get("host")) })
})
