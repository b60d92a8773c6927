/** Events of a chat-completions stream that contain only text or reasoning. */
import type { DeltaKind } from "@/lib/ai/wire/fast-lane"
import { isJson, type Json } from "@/lib/ai/wire/json"

/** Neighboring deltas of one kind. */
export interface Run {
  /** Identifying members of the first event. */
  delta: Json
  kind: DeltaKind
  text: string
}

const KEYS = { text: "content", reasoning: "reasoning_content" } as const

/** The event of a run, with all of its text. */
export const formatPlainDelta = ({ delta, kind, text }: Run) =>
  `data: ${JSON.stringify({ ...delta, choices: [{ index: 0, delta: { [KEYS[kind]]: text }, finish_reason: null }] })}`

/** Members of an event and of a choice that don't affect the text; any others must have no value. */
const EVENT_KEYS = new Set(["id", "object", "created", "model", "choices", "system_fingerprint", "service_tier"])
const CHOICE_KEYS = new Set(["index", "delta"])

const hasOnly = (value: Json, keys: Set<string>) =>
  Object.entries(value).every(([key, member]) => member === null || keys.has(key))

/** Characters of a name, which is part of each token's event. */
const MAX_OF_NAME = 300

const isName = (value: unknown) => typeof value === "string" && value.length <= MAX_OF_NAME

const isPlain = ({ id, created, model }: Json) => isName(id) && typeof created === "number" && isName(model)

/**
 * An event with nothing but text or reasoning of choice 0, possibly with the role that some servers repeat; null for
 * any other, which the full parser reads. Without a schema library, because this runs for each token.
 */
export function parsePlainDelta(json: Json): Run | null {
  if (!isPlain(json) || !hasOnly(json, EVENT_KEYS)) return null
  const [choice, second] = Array.isArray(json.choices) ? json.choices : []
  if (!isJson(choice) || second !== undefined || !hasOnly(choice, CHOICE_KEYS)) return null
  if (choice.index !== 0 || !isJson(choice.delta)) return null
  const said = Object.entries(choice.delta).filter(([key, member]) => member !== null && key !== "role")
  const [[key, text] = ["", null], other] = said
  if (other !== undefined || typeof text !== "string") return null
  const { id, created, model } = json
  const delta = { id, created, model }
  if (key === KEYS.text) return { delta, kind: "text", text }
  return key === KEYS.reasoning ? { delta, kind: "reasoning", text } : null
}
