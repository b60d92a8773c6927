import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { idOf, readQuery, route } from "@/lib/http/route"
import { recordingOf } from "@/lib/recording/save/save"

const query = z.strictObject({ pictures: z.literal("true").optional() })

interface Context {
  params: Promise<{ id: string; messageId: string }>
}

/** The recording of an answer as a file to share: with image bytes if `?pictures=true`. */
export const GET = route<Context>(async (request, { params }) => {
  const user = await requireRight(request, "conversation:read")
  const [id, messageId] = [idOf((await params).id), idOf((await params).messageId)]
  if (id === null || messageId === null) throw conversationNotFound()
  const { pictures } = readQuery(request, query)
  const lines = await recordingOf(user, id, messageId, { pictures: pictures === "true" })
  return new Response(lines.join(""), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${messageId}.ndjson"`,
      "cache-control": "no-store",
    },
  })
})
