import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"
import { evictServer } from "@/lib/mcp/listing"
import { endSignIn } from "@/lib/mcp/sign-in"

/**
 * Where a server redirects the person after sign-in. Errors are shown in the settings, where the person can try again.
 */
export const GET = route(async (request) => {
  const user = await requireRight(request, "mcp:change")
  const back = new Response(null, { status: 303, headers: { location: "/#settings/connections" } })
  try {
    evictServer(await endSignIn(user.id, new URL(request.url).searchParams))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return back
})
