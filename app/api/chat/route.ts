import { requireRight } from "@/lib/auth/session"
import { PARENT_HEADER } from "@/lib/chat/parent-header"
import { chatRequestSchema } from "@/lib/chat/requests"
import { config } from "@/lib/config"
import { acceptMessage } from "@/lib/generation/accept"
import { followMessages } from "@/lib/generation/attach"
import { AppError } from "@/lib/http/errors"
import { readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { inSpan } from "@/lib/observe/trace"

/** A character takes at most 12 bytes as an escaped surrogate pair; the rest of the body is small. */
const BYTES_A_CHARACTER = 12
const OTHER_BYTES = 200_000

/** Accepts a message and responds with the event stream of its answer, or of all answers if models are compared. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "conversation:ask")
  const maxBytes = config().limits.messageChars * BYTES_A_CHARACTER + OTHER_BYTES
  const body = await readJson(request, chatRequestSchema, { maxBytes })
  const { answerIds, parentId } = await inSpan("accept", {}, () => acceptMessage(user, body))
  const reader = { signal: request.signal, language: languageOf(request.headers), named: body.compare !== undefined }
  const stream = await followMessages(user.id, answerIds, reader)
  if (!stream) throw new AppError("message:not_found/answer")
  stream.headers.set(PARENT_HEADER, parentId ?? "")
  return stream
})
