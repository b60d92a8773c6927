import { generateText } from "ai"
import { resolveModel } from "@/lib/ai/catalogue"
import { untilKeepingUp } from "@/lib/ai/loop-delay"
import type { ModelInfo } from "@/lib/ai/model.types"
import { titlePrompt } from "@/lib/ai/prompts"
import { languageModel } from "@/lib/ai/provider"
import type { MessageParts } from "@/lib/chat/parts"
import type { ChatSettings } from "@/lib/chat/types"
import { config } from "@/lib/config"
import { cut } from "@/lib/cut"
import { setModelTitle } from "@/lib/db/conversations"
import { createLimiter } from "@/lib/limiter"

const MAX_DRAFT = 60
const MAX_TITLE = 80
const TIMEOUT_MS = 30_000
/** Titles asked for at once: many answers that begin together come first. */
const AT_ONCE = 2
/** Milliseconds that a title waits for a process that is behind with its answers. */
const PATIENCE_MS = 5_000

const textOf = (parts: MessageParts) =>
  parts
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()

/** The title until a better one comes: the first words, or the name of what is attached. */
export function draftTitle(parts: MessageParts): string {
  const text = textOf(parts)
  if (text.length > MAX_DRAFT) return `${cut(text, MAX_DRAFT).replace(/\s+\S*$/, "")}…`
  if (text) return text
  return namesOf(parts)[0] ?? "New conversation"
}

/** Names of what is attached, in its order. */
const namesOf = (parts: MessageParts): string[] =>
  parts.flatMap((part) => {
    if (part.type === "data-text-file") return [part.data.name]
    return part.type === "file" && part.filename ? [part.filename] : []
  })

/** What a title is made of: the words, else how the first attached file begins. */
function subjectOf(parts: MessageParts): string {
  const file = parts.find((part) => part.type === "data-text-file")
  return textOf(parts) || (file?.type === "data-text-file" ? `${file.data.name}\n${file.data.text}` : "")
}

const inLine = createLimiter(AT_ONCE)

/**
 * Asks a model for a title and keeps it, when the process has time for it. Null when it says nothing usable, or the
 * person was first.
 */
export const makeTitle = (...args: Parameters<typeof askForTitle>): Promise<string | null> =>
  inLine(async () => {
    await untilKeepingUp(PATIENCE_MS)
    return askForTitle(...args)
  })

async function askForTitle(
  conversationId: string,
  parts: MessageParts,
  answering: ModelInfo,
  signal: AbortSignal,
): Promise<string | null> {
  const question = subjectOf(parts)
  if (!question) return null
  const configured = config().titleModel
  const model = configured ? await resolveModel(configured) : answering
  // A server of which nothing is known may not take the word.
  const settings: ChatSettings = model.efforts?.length ? { reasoning: "off" } : {}
  const { text } = await generateText({
    model: languageModel({ model, conversationId: `${conversationId}-title`, settings }),
    ...titlePrompt(question),
    maxOutputTokens: 200,
    temperature: 0.2,
    maxRetries: 0,
    abortSignal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  })
  const title = tidyTitle(text)
  return title && (await setModelTitle(conversationId, title)) ? title : null
}

/** One line without quotes, Markdown marks or a full stop; null when nothing is left. */
export function tidyTitle(text: string): string | null {
  const line =
    text
      .trim()
      .split("\n")
      .find((candidate) => candidate.trim()) ?? ""
  const bare = line.replace(/^(title|titel)\s*:\s*/i, "").replace(/^[\s"'“”„«»#*_`]+|[\s"'“”„«»*_`.]+$/g, "")
  const title = cut(bare, MAX_TITLE).trim()
  return title || null
}
