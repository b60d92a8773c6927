import { browserOwner, requireRight } from "@/lib/auth/session"
import { newsBlocks } from "@/lib/chat/news/news-stream"
import { eventStream } from "@/lib/http/event-stream"
import { route } from "@/lib/http/route"

/** A live stream of events in the person's conversations: `ListEvent`s, without history. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "news:follow")
  const abort = new AbortController()
  const blocks = newsBlocks(user.id, AbortSignal.any([request.signal, abort.signal]), browserOwner(user.id))
  return eventStream(blocks, { owner: user.id, abort })
})
