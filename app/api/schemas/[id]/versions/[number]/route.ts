import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { schemaNotFound, versionOf } from "@/lib/schemas/schemas"

interface Context {
  params: Promise<{ id: string; number: string }>
}

/** One version, with its text. */
export const GET = route<Context>(async (request, context) => {
  const user = await requireRight(request, "schema:read")
  const { number } = await context.params
  const id = await idIn(context satisfies IdContext, schemaNotFound)
  if (!/^[1-9]\d{0,8}$/.test(number)) throw schemaNotFound()
  return Response.json({ version: await versionOf(user.id, id, Number(number)) })
})
