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

/** Members of an event and of a choice that say nothing of the text; others only without a value. */
const EVENT_KEYS = new Set(["id", "object", "created", "model", "choices", "system_fingerprint", "service_tier"])
const CHOICE_KEYS = new Set(["index", "delta"])

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)
const hasOnly = (value: Json, keys: Set<string>) =>
  Object.entries(value).every(([key, member]) => member === null || keys.has(key))

/**
 * An event that holds nothing but text or thinking of choice 0, be it with the role that some servers repeat; null for
 * any other, which travels alone. Read by hand, without a schema library: this is done for each token.
 */
export function readPlain(event: string): Run | null {
  if (!event.startsWith("data: {") || event.includes("\n")) return null
  let json: unknown
  try {
    json = JSON.parse(event.slice(6))
  } catch {
    return null
  }
  if (!isJson(json) || !hasOnly(json, EVENT_KEYS)) return null
  const [choice, second] = Array.isArray(json.choices) ? json.choices : []
  if (!isJson(choice) || second !== undefined || !hasOnly(choice, CHOICE_KEYS)) return null
  if (choice.index !== 0 || !isJson(choice.delta)) return null
  const said = Object.entries(choice.delta).filter(([key, member]) => member !== null && key !== "role")
  const [[key, text] = ["", null], other] = said
  if (other !== undefined || typeof text !== "string") return null
  if (key === KEYS.text) return { delta: json, kind: "text", text }
  return key === KEYS.reasoning ? { delta: json, kind: "reasoning", text } : null
}

/** Comments, or the event with which a server begins: an assistant, and no word of it yet. */
export function saysNothing(event: string): boolean {
  const lines = event.split(/\r?\n/)
  if (lines.every((line) => line.startsWith(":"))) return true
  return lines.length === 1 && BEGINNING.test(event)
}

const BEGINNING =
  /"delta": ?\{"role": ?"assistant"(, ?"(content|reasoning_content)": ?(""|null))*\}, ?"finish_reason": ?null/
