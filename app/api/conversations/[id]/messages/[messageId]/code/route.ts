import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { codeOfAnswer } from "@/lib/get-code/code"
import { CODE_LANGUAGES } from "@/lib/get-code/languages"
import { idOf, readQuery, route } from "@/lib/http/route"

const query = z.strictObject({ as: z.enum(CODE_LANGUAGES) })

interface Context {
  params: Promise<{ id: string; messageId: string }>
}

/** The request behind an answer as a runnable program. */
export const GET = route<Context>(async (request, { params }) => {
  const user = await requireRight(request, "conversation:read")
  const [id, messageId] = [idOf((await params).id), idOf((await params).messageId)]
  if (id === null || messageId === null) throw conversationNotFound()
  const code = await codeOfAnswer(user, id, messageId, readQuery(request, query).as)
  return Response.json(code, { headers: { "cache-control": "no-store" } })
})
