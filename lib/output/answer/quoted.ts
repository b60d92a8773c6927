/**
 * An answer with a quote for each of its values: the shape that is asked for, and both parts of what comes. Pure; safe to
 * import in the browser.
 */
import type { ChatMessage, OutputRequest } from "@/lib/messages/types"
import { answerText } from "@/lib/output/answer/repair"
import { jsonIn } from "@/lib/output/json-in-text"
import { scanJson } from "@/lib/output/json-scan"
import { JsonObject, readJson } from "@/lib/output/json-source"

/** Members of what is asked for: no schema of a person's is likely to have the first as its only beginning. */
export const ANSWER_MEMBER = "extracted"
export const QUOTES_MEMBER = "quotes"

const QUOTES = {
  type: "array",
  items: {
    type: "object",
    properties: { path: { type: "string" }, quote: { type: "string" } },
    required: ["path", "quote"],
    additionalProperties: false,
  },
}

/** The request with quotes beside the answer; one that asks for none as it is. */
export function quotedRequest(request: OutputRequest): OutputRequest {
  if (!request.quotes) return request
  const schema: Record<string, unknown> = request.type === "json_schema" ? request.schema : { type: "object" }
  const { $defs, definitions, $schema, $id, ...own } = schema
  return {
    type: "json_schema",
    name: request.type === "json_schema" ? request.name : "answer",
    quotes: true,
    schema: {
      ...($schema !== undefined && { $schema }),
      // Within the part it would make that a document of its own, without the definitions.
      ...($id !== undefined && { $id }),
      type: "object",
      properties: { [ANSWER_MEMBER]: moved(own), [QUOTES_MEMBER]: QUOTES },
      required: [ANSWER_MEMBER, QUOTES_MEMBER],
      additionalProperties: false,
      // Where references look for them.
      ...($defs !== undefined && { $defs: moved($defs) }),
      ...(definitions !== undefined && { definitions: moved(definitions) }),
    },
  }
}

/** With pointers to other places than the definitions led to where the schema stands now; a name (`#item`) leads there anyway. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string" && /^#(?:$|\/(?!(?:\$defs|definitions)\/))/.test(member)
        ? `#/properties/${ANSWER_MEMBER}${member.slice(1)}`
        : moved(member),
    ]),
  )
}

export interface Unwrapped {
  /** The answer by itself, as it was written, as far as it has come. */
  answer: string
  quotes: { path: string; quote: string }[]
  /** The answer is whole: quotes are being written, or there are none. */
  whole: boolean
}

const BEGINS = new RegExp(String.raw`^\s*\{\s*"${ANSWER_MEMBER}"\s*:\s*`)

/** Both parts of an answer with quotes; null for one without. */
export function unwrapped(text: string): Unwrapped | null {
  const { json } = jsonIn(text)
  const [before] = BEGINS.exec(json) ?? []
  if (before === undefined) return null
  const { state, end } = scanJson(json, before.length)
  const { value } = readJson(json)
  const list = value instanceof JsonObject ? value.members.find(([name]) => name === QUOTES_MEMBER)?.[1] : undefined
  return {
    answer: json.slice(before.length, end),
    quotes: Array.isArray(list) ? list.flatMap(quoteOf) : [],
    whole: state === "whole",
  }
}

function quoteOf(item: unknown): { path: string; quote: string }[] {
  if (!(item instanceof JsonObject)) return []
  const { path, quote } = Object.fromEntries(item.members)
  return typeof path === "string" && typeof quote === "string" ? [{ path, quote }] : []
}

/** The text of an answer as it is shown, also while it comes with quotes. */
export function shownText({ parts, metadata }: Pick<ChatMessage, "parts" | "metadata">): string {
  const text = answerText(parts)
  const isSettled = parts.some(({ type }) => type === "data-sources" || type === "data-repair")
  return metadata?.output?.quotes && !isSettled ? (unwrapped(text)?.answer ?? text) : text
}
