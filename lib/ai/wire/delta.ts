/**
 * What one event of a stream contains: text, reasoning, calls, an end, an error. Parsed leniently, because servers
 * differ.
 */

import { isErrorBody } from "@/lib/ai/upstream/upstream-errors"
import type { DeltaKind } from "@/lib/ai/wire/fast-lane"
import { isJson, type Json, numberOf, stringOf } from "@/lib/ai/wire/json"

/** The first choice of an event; null if there is none, undefined if `choices` is not a list. */
export function choiceOf({ choices }: Json): Json | null | undefined {
  if (choices === undefined || choices === null) return null
  if (isJson(choices)) return choices
  if (!Array.isArray(choices)) return undefined
  return choices.find((choice) => isJson(choice) && (numberOf(choice.index) ?? 0) === 0) ?? null
}

/** The content of a choice: a delta, a whole message, or the text of an older protocol. */
export function deltaOf(choice: Json): Json {
  const delta: unknown = Array.isArray(choice.delta) ? choice.delta[0] : choice.delta
  const says =
    isJson(delta) && Object.entries(delta).some(([key, value]) => key !== "role" && value !== null && value !== "")
  if (isJson(delta) && (says || !isJson(choice.message))) return delta
  if (typeof delta === "string") return { content: delta }
  if (isJson(choice.message)) return choice.message
  return typeof choice.text === "string" ? { content: choice.text } : {}
}

export interface Said {
  kind: DeltaKind
  text: string
}

/** Reasoning and text of a delta, reasoning first. */
export function saidIn(delta: Json): Said[] {
  const thought = [
    delta.reasoning_content,
    delta.reasoning,
    delta.thinking,
    delta.reasoning_text,
    delta.reasoning_details,
  ]
    .map(textIn)
    .find((text) => text !== "")
  const said: Said[] = thought ? [{ kind: "reasoning", text: thought }] : []
  const { content } = delta
  for (const part of Array.isArray(content) ? content : [content]) {
    const thinks = isThought(delta) || (isJson(part) && /think|reason/.test(String(part.type)))
    const kind: DeltaKind = thinks ? "reasoning" : "text"
    const text = textIn(part)
    const last = said.at(-1)
    if (text === "") continue
    if (last?.kind === kind) last.text += text
    else said.push({ kind, text })
  }
  return said
}

/** How Google marks reasoning. */
const isThought = ({ extra_content: extra }: Json): boolean =>
  isJson(extra) && isJson(extra.google) && extra.google.thought === true

/** Text in a value: a string, a part, or a list of them. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value
  if (typeof value === "number") return String(value)
  if (Array.isArray(value)) return value.map(textIn).join("")
  if (!isJson(value)) return ""
  return textIn(value.text ?? value.thinking ?? value.reasoning ?? value.summary ?? value.content ?? value.value)
}

const SYNONYMS: [finishReason: string, pattern: RegExp][] = [
  ["stop", /^(stop|eos|eos_token|end|end_turn|stop_sequence|stop_token|complete|completed|finish|finished|done|<.*>)$/],
  [
    "length",
    /^(length|max_tokens|max_length|max_output_tokens|max_new_tokens|model_length|token_limit|(max_tokens|token_limit|context_length|context_window)_(exceeded|reached))$/,
  ],
  ["tool_calls", /^(tool_calls?|tool_use|function_calls?)$/],
  ["content_filter", /^(content_filter(ed)?|safety|sensitive|recitation|blocklist|prohibited_content|refusal)$/],
]

/** A finish reason in the protocol's terms; undefined before the end. Unknown ones are returned unchanged. */
export function finishReasonOf(value: unknown): string | undefined {
  const raw = stringOf(isJson(value) ? value.type : value)?.trim()
  if (!raw || /^(null|none|undefined)$/i.test(raw)) return undefined
  // Python's form: `FinishReason.STOP`.
  const word = raw
    .replace(/^FinishReason\./i, "")
    .toLowerCase()
    .replaceAll(/[-\s]/g, "_")
  return SYNONYMS.find(([, pattern]) => pattern.test(word))?.[0] ?? raw
}

/**
 * Finish reasons of servers that broke off: https://api-docs.deepseek.com (insufficient_system_resource), docs.z.ai
 * (network_error).
 */
const BROKEN_OFF =
  /^(\w*error|abort(ed)?|cancel(l?ed)?|timed?_?out|fail(ed|ure)?|interrupted|preempted|insufficient_system_resource)$/

/** Whether a finish reason means that the answer is incomplete. */
export const isIncompleteFinish = (finishReason: string): boolean =>
  BROKEN_OFF.test(finishReason.toLowerCase().replaceAll(/[-\s]/g, "_"))

const COUNTS: Record<string, string> = { input_tokens: "prompt_tokens", output_tokens: "completion_tokens" }

/** Token counts, also if a server writes them as strings or under other names; undefined if there are none. */
export function usageIn(value: unknown): Json | undefined {
  if (!isJson(value)) return undefined
  const counts = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const count = isJson(member) ? usageIn(member) : numberOf(member)
    const name = COUNTS[key] ?? key
    if (count === undefined || (typeof count === "number" && count < 0) || (name !== key && name in value)) return []
    return [[name, count]]
  })
  return counts.length > 0 ? Object.fromEntries(counts) : undefined
}

/** Where servers report usage: in the event, Moonshot in the choice, Groq in a member of its own. */
export function usageOf({ usage, x_groq: groq, choices }: Json): Json | undefined {
  const [choice] = Array.isArray(choices) ? choices : []
  return (
    usageIn(usage) ??
    (isJson(groq) ? usageIn(groq.usage) : undefined) ??
    (isJson(choice) ? usageIn(choice.usage) : undefined)
  )
}

export interface Told {
  /** For the SDK. */
  error: Json
  /** Explicitly marked as an error. Otherwise it may be a message in between, as long as the answer follows. */
  sure: boolean
}

/** The error in an event; null if there is none. `named`: the event's name says that it is one. */
export function errorIn(value: Json, named: boolean): Told | null {
  const { error, errors } = value
  if (isErrorBody({ error, errors })) return { error: { error: error ?? errors }, sure: true }
  const choice = choiceOf(value)
  if (choice && isErrorBody({ error: choice.error })) return { error: { error: choice.error }, sure: true }
  const words = isErrorBody(value)
  const sure = value.object === "error" || value.type === "error" || (named && words)
  if (!sure && (!(named || words) || isFine(value))) return null
  return { error: { error: value }, sure }
}

/** `{"code": 200, "msg": "ok"}` */
const isFine = ({ code, status }: Json): boolean =>
  [code, status].some((told) => told === 0 || told === "0" || (typeof told === "number" && told >= 200 && told < 300))
