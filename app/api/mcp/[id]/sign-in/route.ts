import { requireRight } from "@/lib/auth/session"
import { type IdContext, route } from "@/lib/http/route"
import { beginSignIn } from "@/lib/mcp/sign-in"
import { consumeRateLimit } from "@/lib/quota/rates"

/** The URL where the person signs in to their server. */
export const POST = route<IdContext>(async (request, { params }) => {
  const user = await requireRight(request, "mcp:change")
  await consumeRateLimit(user.id, "searches")
  return Response.json({ url: (await beginSignIn(user.id, (await params).id)).href })
})
