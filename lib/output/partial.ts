import { jsonIn } from "@/lib/output/json-in-text"
import { readJson } from "@/lib/output/json-source"

export interface PartialValue {
  /** The value so far, as from `readJson`; undefined before the first value. */
  value: unknown
  state: "empty" | "forming" | "whole" | "broken"
  /** The JSON text, without surrounding fences and prose. */
  json: string
  around: string
  /** Its last string or number may continue. */
  open: boolean
}

/** The value of a JSON answer that may still be streaming. Safe to import in the browser. */
export function parsePartial(text: string): PartialValue {
  const found = jsonIn(text)
  if (!found.json) return { ...found, value: undefined, state: "empty", open: false }
  const { value, state, end, open } = readJson(found.json)
  if (state === "whole" && end === found.json.length) return { ...found, value, state: "whole", open: false }
  if (state === "cut" && value !== undefined) return { ...found, value, state: "forming", open }
  return { ...found, value: undefined, state: "broken", open: false }
}
