import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { answerAsk } from "@/lib/mcp/asks"
import { askAnswerSchema } from "@/lib/mcp/types"

/** The person's response to the form of a running call. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "mcp:answer")
  const id = await idIn(context, () => new AppError("mcp:ask_over"))
  await answerAsk(user.id, id, await readJson(request, askAnswerSchema, { maxBytes: 200_000 }))
  return new Response(null, { status: 204 })
})
