import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"
import { sandboxOrigin } from "@/lib/sandbox/place"

/** The origin where models' code runs, for a page opened at this host, or null. */
export const GET = route(async (request) => {
  await requireRight(request, "file:read")
  return Response.json({ origin: sandboxOrigin(request.headers.get("host")) })
})
