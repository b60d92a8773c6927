import { generateText, type LanguageModelUsage } from "ai"
import { costOf, usageOf } from "@/lib/ai/accounting"
import { outputTokens } from "@/lib/ai/output-limit"
import { titlePrompt } from "@/lib/ai/prompts/prompts"
import { languageModel, requiresApiKey } from "@/lib/ai/provider"
import { cleanTitle } from "@/lib/chat/tidy-title"
import { config } from "@/lib/config"
import { cut } from "@/lib/cut"
import { setModelTitle } from "@/lib/db/conversations"
import { recordUsage } from "@/lib/db/quota"
import { createLimiter } from "@/lib/limiter"
import { logFault } from "@/lib/log"
import type { MessageParts } from "@/lib/messages/parts"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { canBeOff } from "@/lib/models/thinking"
import { waitUntilCaughtUp } from "@/lib/observe/loop-delay"
import { countSpending } from "@/lib/observe/meters"
import { WITHOUT_CONTENT } from "@/lib/observe/trace"
import { modelOf, modelsOfPayer } from "@/lib/own-key/payer"

const MAX_DRAFT = 60
const TIMEOUT_MS = 60_000
/** Tokens of a title, in addition to any unavoidable reasoning. */
const TITLE_TOKENS = 200
/** Concurrent title requests: many answers that start together take precedence. */
const AT_ONCE = 2
/** Milliseconds that a title waits while the process is busy with answers. */
const PATIENCE_MS = 5_000

const textOf = (parts: MessageParts) =>
  parts
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()

/** The provisional title: the first words, or the name of an attachment. */
export function draftTitle(parts: MessageParts): string {
  const text = textOf(parts)
  if (text.length > MAX_DRAFT) return `${cut(text, MAX_DRAFT).replace(/\s+\S*$/, "")}…`
  if (text) return text
  return namesOf(parts)[0] ?? "New conversation"
}

/** Names of attachments, in order. */
const namesOf = (parts: MessageParts): string[] =>
  parts.flatMap((part) => {
    if (part.type === "data-text-file" || part.type === "data-document") return [part.data.name]
    return part.type === "file" && part.filename ? [part.filename] : []
  })

/** The input for a title: the text, or else the beginning of the first attached file. */
function subjectOf(parts: MessageParts): string {
  const file = parts.find((part) => part.type === "data-text-file")
  return textOf(parts) || (file?.type === "data-text-file" ? `${file.data.name}\n${file.data.text}` : "")
}

const inLine = createLimiter(AT_ONCE)

/** A new conversation, and the model that answers in it. */
interface Unnamed {
  conversationId: string
  userId: string
  parts: MessageParts
  model: ModelInfo
  /** The user's own key, if it pays for the answer: it also pays for the title. */
  key?: string
}

/**
 * Asks a model for a title and stores it, once the process has time. Null if the reply is unusable, or the user has set
 * a title first.
 */
export const makeTitle = (unnamed: Unnamed, signal: AbortSignal): Promise<string | null> =>
  inLine(async () => {
    await waitUntilCaughtUp(PATIENCE_MS)
    const question = subjectOf(unnamed.parts)
    if (!question) return null
    const title = cleanTitle(await askForTitle(unnamed, question, signal))
    return title && (await setModelTitle(unnamed.conversationId, title)) ? title : null
  })

/** Asks one model after the other until one answers. Throws if none does. */
async function askForTitle(unnamed: Unnamed, question: string, signal: AbortSignal): Promise<string> {
  const [first, ...others] = await titleModels(unnamed)
  let said = titleFrom(first, unnamed, question, signal)
  for (const model of others)
    said = said.catch((error: unknown) => {
      if (signal.aborted) throw error
      return titleFrom(model, unnamed, question, signal)
    })
  return said
}

/**
 * Which model writes the title: `TITLE_MODEL`, or else the answering one. If that one always reasons, the cheapest
 * Fireworks model that doesn't have to is tried first: four words are not worth a minute of reasoning.
 */
async function titleModels({ model: answering, userId }: Unnamed): Promise<[ModelInfo, ...ModelInfo[]]> {
  const { titleModel } = config()
  if (titleModel) return [await modelOf(userId, titleModel)]
  const { efforts, upstream } = answering
  if (upstream !== "fireworks" || efforts === null || canBeOff(efforts)) return [answering]
  const { models } = await modelsOfPayer(userId)
  const [quick] = models
    .filter(
      (model) => model.upstream === upstream && isOffered(model) && model.price && model.efforts?.includes("none"),
    )
    .sort((a, b) => (a.price?.output ?? 0) - (b.price?.output ?? 0))
  return quick ? [quick, answering] : [answering]
}

const isOffered = ({ retired, missing, own }: ModelInfo) => !(retired || missing || own)

async function titleFrom(
  model: ModelInfo,
  { conversationId, userId, key }: Unnamed,
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const settings: ChatSettings = { temperature: 0.2, maxTokens: TITLE_TOKENS }
  const asked = { settings, least: true }
  const asking = titlePrompt(question)
  const { text, totalUsage } = await generateText({
    model: languageModel({ model, conversationId: `${conversationId}-title`, userId, key, ...asked }),
    ...asking,
    maxOutputTokens: outputTokens(model, asked, estimateTokens(asking.prompt)),
    telemetry: WITHOUT_CONTENT,
    maxRetries: 0,
    abortSignal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  await noteTitle({ userId, ownKey: key !== undefined && requiresApiKey(model) }, model, totalUsage).catch(
    (error: unknown) => logFault("recording the usage of a title", error),
  )
  return text
}

/** A title doesn't count as an answer, but it has a cost. */
async function noteTitle(
  { userId, ownKey }: { userId: string; ownKey: boolean },
  { id, price }: ModelInfo,
  usage: LanguageModelUsage,
): Promise<void> {
  const tokens = usageOf.tokens(usage)
  if (!tokens) return
  const costUsd = price && !ownKey ? costOf(tokens, price) : 0
  countSpending({ ...tokens, costUsd, ownKey })
  await recordUsage({ userId, model: id, answers: 0, inputTokens: tokens.input, outputTokens: tokens.output, costUsd })
}
