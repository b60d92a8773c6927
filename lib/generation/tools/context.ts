/** On whose behalf the tools of an answer are called, and what they show while running. */
import type { UIMessageChunk } from "ai"
import type { ToolContext } from "@/lib/ai/tools/define"
import { withImageSupport } from "@/lib/chat/model-image-support"
import { leaveFor } from "@/lib/db/tools/permissions"
import type { LoadImages } from "@/lib/generation/tools/shown-images"
import { createFullResultStore } from "@/lib/generation/tools/whole"
import { imagesForModel } from "@/lib/images/for-model"
import type { CallNews } from "@/lib/messages/call-news"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

/** Whose answer it is, and which model writes it. */
interface Answering {
  userId: string
  conversationId: string
  settings?: ChatSettings | undefined
  blockedTools?: readonly string[] | undefined
  model: ModelInfo
}

/** The context in which the tools of an answer are called; `write` shows their progress. */
export const contextOf = (
  { userId, conversationId, settings = {}, blockedTools }: Answering,
  write: (chunk: UIMessageChunk) => void,
): ToolContext => ({
  ...{ userId, conversationId, settings, blocked: blockedTools, say: newsTo(write) },
  keepWhole: createFullResultStore({ userId, conversationId }),
  miss: (servers) => write({ type: "data-away", id: "away", data: { servers } }),
  leaveFor: (tool, fingerprint) => leaveFor(userId, { tool, fingerprint }, conversationId),
})

/** Writes the progress of calls: the latest of each, in one part. */
function newsTo(write: (chunk: UIMessageChunk) => void): (news: CallNews) => void {
  const said = new Map<string, CallNews>()
  return (news) => {
    const data = { ...said.get(news.toolCallId), ...news }
    said.set(news.toolCallId, data)
    write({ type: "data-call", id: news.toolCallId, data })
  }
}

/** The user's images, as this model accepts them. */
export const imagesFor =
  ({ userId, model }: Answering) =>
  async (): Promise<LoadImages> =>
    (await withImageSupport(userId, model)).images
      ? async (ids, taken) => {
          const shown = ids.map((id) => ({ id, detail: "standard" as const, current: false }))
          return (await imagesForModel(userId, shown, taken)).sent
        }
      : null
