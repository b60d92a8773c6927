/** What one event of a stream says: text, thinking, calls, an end, an error. Read leniently: servers differ. */
import type { DeltaKind } from "@/lib/ai/fast-lane"
import { isErrorBody } from "@/lib/ai/upstream-errors"
import { isJson, type Json, numberOf, stringOf } from "@/lib/ai/wire/json"

/** The first choice of an event; null when it has none, undefined when `choices` is no list at all. */
export function choiceOf({ choices }: Json): Json | null | undefined {
  if (choices === undefined || choices === null) return null
  if (!Array.isArray(choices)) return undefined
  return choices.find((choice) => isJson(choice) && (numberOf(choice.index) ?? 0) === 0) ?? null
}

/** What a choice brings: a delta, a whole message, or the text of an older protocol. */
export function deltaOf(choice: Json): Json {
  if (isJson(choice.delta)) return choice.delta
  if (isJson(choice.message)) return choice.message
  return typeof choice.text === "string" ? { content: choice.text } : {}
}

export interface Said {
  kind: DeltaKind
  text: string
}

/** Thinking and text of a delta, thinking first. */
export function saidIn(delta: Json): Said[] {
  const thought = [delta.reasoning_content, delta.reasoning, delta.thinking, delta.reasoning_details]
    .map(textIn)
    .find((text) => text !== "")
  const said: Said[] = thought ? [{ kind: "reasoning", text: thought }] : []
  const { content } = delta
  for (const part of Array.isArray(content) ? content : [content]) {
    const kind: DeltaKind = isJson(part) && /think|reason/.test(String(part.type)) ? "reasoning" : "text"
    const text = textIn(part)
    const last = said.at(-1)
    if (text === "") continue
    if (last?.kind === kind) last.text += text
    else said.push({ kind, text })
  }
  return said
}

/** Words in a value: a string, a part, or a list of them. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value
  if (Array.isArray(value)) return value.map(textIn).join("")
  if (!isJson(value)) return ""
  return textIn(value.text ?? value.thinking ?? value.reasoning ?? value.content ?? value.value)
}

const SYNONYMS: [finishReason: string, pattern: RegExp][] = [
  ["stop", /^(stop|eos|eos_token|end|end_turn|stop_sequence|complete|completed|finish|finished|done)$/],
  ["length", /^(length|max_tokens|max_length|max_output_tokens|max_new_tokens|model_length|token_limit)$/],
  ["tool_calls", /^(tool_calls?|tool_use|function_calls?)$/],
  ["content_filter", /^(content_filter(ed)?|safety|sensitive|recitation|blocklist|prohibited_content|refusal)$/],
]

/** A finish reason in the words of the protocol; undefined before the end. What is unknown stays as it is. */
export function finishReasonOf(value: unknown): string | undefined {
  const raw = stringOf(value)?.trim()
  if (!raw) return undefined
  const word = raw.toLowerCase().replaceAll(/[-\s]/g, "_")
  return SYNONYMS.find(([, pattern]) => pattern.test(word))?.[0] ?? raw
}

/** Ends of a server that broke off: https://api-docs.deepseek.com (insufficient_system_resource), docs.z.ai (network_error). */
const BROKEN_OFF =
  /^(\w*error|abort(ed)?|cancel(l?ed)?|timed?_?out|fail(ed|ure)?|interrupted|preempted|insufficient_system_resource)$/

/** Does a finish reason say that the answer is not whole? */
export const isBrokenOff = (finishReason: string): boolean =>
  BROKEN_OFF.test(finishReason.toLowerCase().replaceAll(/[-\s]/g, "_"))

/** Tokens, also where a server writes them as text; undefined when it counts none. */
export function usageIn(value: unknown): Json | undefined {
  if (!isJson(value)) return undefined
  const counts = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const count = isJson(member) ? usageIn(member) : numberOf(member)
    return count === undefined ? [] : [[key, count]]
  })
  return counts.length > 0 ? Object.fromEntries(counts) : undefined
}

/** The error in an event, for the SDK; null when it holds none. `named`: the event is called one. */
export function errorIn(value: Json, named: boolean): Json | null {
  const { error, errors } = value
  if (isErrorBody({ error, errors })) return { error: error ?? errors }
  const isError = named || value.object === "error" || value.type === "error" || isErrorBody(value)
  return isError ? { error: value } : null
}
