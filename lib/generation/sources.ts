/** Where the values of an answer come from: searches for each of the model's quotes in what it was shown. */
import { documentsIn } from "@/lib/chat/documents"
import { pagesIn } from "@/lib/documents/fit"
import { pagesForModel } from "@/lib/documents/store/pictures"
import { branchOf } from "@/lib/generation/history"
import type { GenerationJob } from "@/lib/generation/job"
import type { MessageParts } from "@/lib/messages/parts"
import type { SourcePlace, ValueSource } from "@/lib/messages/sources.types"
import type { ChatMessage } from "@/lib/messages/types"
import { type FoundQuote, QuotableText } from "@/lib/output/answer/find-quote"
import { unwrapped } from "@/lib/output/answer/quoted"
import { readJson } from "@/lib/output/json-source"
import { isLeaf } from "@/lib/output/view/layout"
import { valueAt } from "@/lib/output/view/pointers"

/** Number of quotes to search for, characters per quote, and characters of all sources together. */
const MAX_QUOTES = 1_000
const MAX_CHARS = 500
const MAX_SOURCE_CHARS = 8_000_000

type Job = Pick<GenerationJob, "conversationId" | "output" | "parentId" | "userId">

/**
 * For an answer with quotes: the answer without them, plus the places that were found. Others are returned unchanged.
 */
export async function withSources(job: Job, parts: MessageParts): Promise<MessageParts> {
  if (!job.output?.quotes || parts.some(({ type }) => type === "data-sources")) return parts
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("")
  const both = unwrapped(text)
  if (!both) return parts
  const values = await placesOf(job, both)
  const others = parts.filter(({ type }) => type !== "text")
  return [
    ...others,
    { type: "text", text: both.answer, state: "done" },
    { type: "data-sources", id: "sources", data: { values } },
  ]
}

async function placesOf(
  job: Job,
  { answer, quotes }: NonNullable<ReturnType<typeof unwrapped>>,
): Promise<ValueSource[]> {
  const { value } = readJson(answer)
  const asked = new Map<string, string>()
  for (const { path, quote } of quotes.slice(0, MAX_QUOTES)) {
    const found = valueAt(value, path)
    if (
      path !== "" &&
      found !== undefined &&
      found !== null &&
      isLeaf(found) &&
      quote.trim() !== "" &&
      !asked.has(path)
    )
      asked.set(path, quote.slice(0, MAX_CHARS))
  }
  if (asked.size === 0) return []
  const sources = await sourcesOf(job)
  return [...asked].map(([path, quote]) => ({ path, quote, place: placeIn(sources, quote) }))
}

interface Source {
  text: QuotableText
  at: (found: FoundQuote) => SourcePlace
}

function placeIn(sources: Source[], quote: string): SourcePlace | null {
  for (const { text, at } of sources) {
    const found = text.find(quote)
    if (found) return at(found)
  }
  return null
}

/** What the model was shown, most recent first. Pages that are images have no text, so nothing is found there. */
async function sourcesOf({ userId, conversationId, parentId }: Job): Promise<Source[]> {
  const asked = (await branchOf(conversationId, parentId)).filter(({ role }) => role === "user").reverse()
  const sources: Source[] = []
  let room = MAX_SOURCE_CHARS
  const add = (text: string, at: Source["at"]) => {
    room -= text.length
    if (room >= 0) sources.push({ text: new QuotableText(text), at })
  }
  for (const message of asked) {
    addMessage(message, add)
    for (const { documentId, range, pages } of documentsIn([message])) {
      const numbers = new Set(pagesIn(range, pages))
      for (const page of await pagesForModel(userId, documentId, Math.min(...numbers), Math.max(...numbers)))
        if (numbers.has(page.number))
          add(page.text, (found) => ({ kind: "document", documentId, page: page.number, ...found }))
    }
  }
  return sources
}

function addMessage({ id: messageId, parts }: ChatMessage, add: (text: string, at: Source["at"]) => void): void {
  for (const part of parts) {
    if (part.type === "text") add(part.text, (found) => ({ kind: "message", messageId, ...found }))
    if (part.type === "data-text-file") {
      const { name, text } = part.data
      add(text, (found) => ({ kind: "file", messageId, name, ...found }))
    }
  }
}
