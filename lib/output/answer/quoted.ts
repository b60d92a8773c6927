/**
 * Answers with a source quote for each value: the schema to request, and how to split the response into answer and
 * quotes. Pure; safe to import in the browser.
 */
import type { ChatMessage, OutputRequest } from "@/lib/messages/types"
import { answerText } from "@/lib/output/answer/repair"
import { jsonIn } from "@/lib/output/json-in-text"
import { scanJson } from "@/lib/output/json-scan"
import { JsonObject, readJson } from "@/lib/output/json-source"

/** Members of the requested wrapper object. A user's schema is unlikely to begin with a member of the first name. */
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

/** The request with quotes alongside the answer; unchanged if it doesn't ask for quotes. */
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
      // In the nested schema, `$id` would make it a document of its own, without the definitions.
      ...($id !== undefined && { $id }),
      type: "object",
      properties: { [ANSWER_MEMBER]: moved(own), [QUOTES_MEMBER]: QUOTES },
      required: [ANSWER_MEMBER, QUOTES_MEMBER],
      additionalProperties: false,
      // Definitions stay at the root, where references look for them.
      ...($defs !== undefined && { $defs: moved($defs) }),
      ...(definitions !== undefined && { definitions: moved(definitions) }),
    },
  }
}

/**
 * Redirects pointers outside the definitions to the schema's new location; a named reference (`#item`) resolves either
 * way.
 */
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
  /** The answer alone, as written, as far as it has arrived. */
  answer: string
  quotes: { path: string; quote: string }[]
  /** The answer is complete: quotes are being written, or there are none. */
  whole: boolean
}

const BEGINS = new RegExp(String.raw`^\s*\{\s*"${ANSWER_MEMBER}"\s*:\s*`)

/** Splits an answer with quotes into its two parts; null for an answer without quotes. */
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

/** The answer text to display, including while an answer with quotes is streaming. */
export function displayedText({ parts, metadata }: Pick<ChatMessage, "parts" | "metadata">): string {
  const text = answerText(parts)
  const isSettled = parts.some(({ type }) => type === "data-sources" || type === "data-repair")
  return metadata?.output?.quotes && !isSettled ? (unwrapped(text)?.answer ?? text) : text
}
