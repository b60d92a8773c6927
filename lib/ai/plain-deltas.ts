/** Events of a chat-completions stream that hold nothing but text or thinking. */
import type { DeltaKind } from "@/lib/ai/fast-lane"

type Json = Record<string, unknown>

/** Neighbouring deltas of one kind. */
export interface Run {
  /** The first event. */
  delta: Json
  kind: DeltaKind
  text: string
}

const KEYS = { text: "content", reasoning: "reasoning_content" } as const

/** The event of a run: its first, with all its text. */
export const writePlain = ({ delta, kind, text }: Run) =>
  `data: ${JSON.stringify({ ...delta, choices: [{ index: 0, delta: { [KEYS[kind]]: text }, finish_reason: null }] })}`

const EVENT_KEYS = new Set(["id", "object", "created", "model", "choices", "usage"])
const CHOICE_KEYS = new Set(["index", "delta", "finish_reason"])

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)
const hasOnly = (value: Json, keys: Set<string>) => Object.keys(value).every((key) => keys.has(key))

/**
 * An event that holds nothing but text or thinking of choice 0; null for any other, which travels alone. Read by
 * hand, without a schema library: this is done for each token.
 */
export function readPlain(event: string): Run | null {
  if (!event.startsWith("data: {")) return null
  let json: unknown
  try {
    json = JSON.parse(event.slice(6))
  } catch {
    return null
  }
  if (!isJson(json) || !hasOnly(json, EVENT_KEYS) || (json.usage ?? null) !== null) return null
  const [choice, second] = Array.isArray(json.choices) ? json.choices : []
  if (!isJson(choice) || second !== undefined || !hasOnly(choice, CHOICE_KEYS)) return null
  if (choice.index !== 0 || (choice.finish_reason ?? null) !== null || !isJson(choice.delta)) return null
  const [[key, text] = ["", null], other] = Object.entries(choice.delta)
  if (other !== undefined || typeof text !== "string") return null
  if (key === KEYS.text) return { delta: json, kind: "text", text }
  return key === KEYS.reasoning ? { delta: json, kind: "reasoning", text } : null
}

/** A comment, or the event with which a server begins: an assistant, and no word of it yet. */
export const saysNothing = (event: string): boolean =>
  event.startsWith(":") ||
  /"delta": ?\{"role": ?"assistant"(, ?"(content|reasoning_content)": ?(""|null))*\}, ?"finish_reason": ?null/.test(
    event,
  )
