/** Rebuilds the request behind an answer with the code that calls the model, without sending it. */
import { experimental_streamTextLowMemory as streamText } from "ai"
import { languageModel, requiresApiKey } from "@/lib/ai/provider"
import type { SessionUser } from "@/lib/auth/sessions"
import { toChatMessage } from "@/lib/chat/messages"
import { readSettings } from "@/lib/chat/settings"
import type { MessageRow } from "@/lib/db/messages"
import { findOwnAnswer } from "@/lib/generation/continue"
import { branchOf, historyFor } from "@/lib/generation/history"
import { questionOf } from "@/lib/generation/question"
import { madeFrom } from "@/lib/get-code/made"
import { type Body, type ModelRequest, withoutPictures } from "@/lib/get-code/request"
import { AppError } from "@/lib/http/errors"
import { isRecord } from "@/lib/is-record"
import type { ChatMessage } from "@/lib/messages/types"
import { operatorSettings } from "@/lib/operator/settings"
import { modelOf } from "@/lib/own-key/payer"

const PATH = "/chat/completions"

/**
 * The request of the answer's first step, with its question, settings, and tools as they are now. Throws
 * `conversation:not_found`, also for other people's conversations, and `message:no_request` if there is none that can
 * be shown.
 */
export async function requestOfAnswer(
  user: SessionUser,
  conversationId: string,
  messageId: string,
): Promise<ModelRequest> {
  const row = await findOwnAnswer(user, conversationId, messageId)
  if (row.role !== "assistant") throw new AppError("message:no_request")
  // The request would reveal the model.
  if (row.blind) throw new AppError("message:no_request/blind")
  const { url, body, turns, model } = await rebuildRequest(user, row)
  const names = pictureNames(turns)
  const pictures = withoutPictures(body, (place) => names[place])
  // If one image is sent in several tiles, names can't be matched.
  const named = pictures.files.length === names.length ? pictures : withoutPictures(body, () => undefined)
  return { baseUrl: baseUrlOf(url), key: requiresApiKey(model), ...named }
}

/**
 * The request of an answer's first step, including images, as it would be sent now; with `demo`, also for the demo
 * model. Throws `message:no_request`.
 */
export async function rebuildRequest(user: SessionUser, row: MessageRow, { demo = false } = {}) {
  const { conversationId, parentId } = row
  if (parentId === null) throw new AppError("message:no_request")
  const model = await modelOf(user.id, row.model ?? undefined)
  if (model.upstream === "demo" && !demo) throw new AppError("message:no_request/demo")
  const settings = readSettings(row.settings)
  const turns = await branchOf(conversationId, parentId)
  const least = turns.at(-1)?.parts.some(({ type }) => type === "data-summary") ?? false
  const { tools, blockedTools } = await operatorSettings()
  const message = toChatMessage(row)
  const place = { conversationId, parentId, userId: user.id, model }
  const job = {
    ...{ ...place, settings, least, output: message.metadata?.output, toolsOff: !tools, blockedTools },
    history: () => historyFor(user.id, turns, model, { settings, least }),
    ...(await madeFrom(row, message, place)),
  }
  const { question } = await questionOf(job, () => {}, row.createdAt)
  const sent = await captured((send) =>
    streamText({ model: languageModel({ ...job, send }), ...question, maxRetries: 0, onError: () => {} }),
  )
  return { ...sent, turns, model }
}

/** Intercepts what `ask` sends to the model server. */
async function captured(ask: (send: typeof fetch) => { consumeStream(): PromiseLike<void> }) {
  let sent: { url: string; body: Body } | undefined
  const send: typeof fetch = async (input, init) => {
    const body: unknown = JSON.parse(String(init?.body))
    if (isRecord(body)) sent = { url: String(input instanceof Request ? input.url : input), body }
    const end = { id: "none", choices: [{ index: 0, delta: { content: "." }, finish_reason: "stop" }] }
    return new Response(`data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`, {
      headers: { "content-type": "text/event-stream" },
    })
  }
  await ask(send).consumeStream()
  if (!sent) throw new AppError("message:no_request")
  return sent
}

/** User names and passwords in a URL are the operator's secret. */
function baseUrlOf(url: string): string {
  const address = new URL(url)
  address.username = ""
  address.password = ""
  return address.href.slice(0, -PATH.length)
}

const pictureNames = (turns: ChatMessage[]): (string | undefined)[] =>
  turns
    .filter(({ role }) => role === "user")
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === "file" ? [part.filename] : [])))
