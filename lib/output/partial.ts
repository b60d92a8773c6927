import { jsonIn } from "@/lib/output/json-in-text"
import { readJson } from "@/lib/output/json-source"

export interface PartialValue {
  /** What is there so far, as `readJson` gives it; undefined before the first value. */
  value: unknown
  state: "empty" | "forming" | "whole" | "broken"
  /** The text of the JSON, without fences and words around it. */
  json: string
  around: string
  /** Its last string or number may go on. */
  open: boolean
}

/** The value of an answer in JSON that may still be on its way. Safe to import in the browser. */
export function parsePartial(text: string): PartialValue {
  const found = jsonIn(text)
  if (!found.json) return { ...found, value: undefined, state: "empty", open: false }
  const { value, state, end, open } = readJson(found.json)
  if (state === "whole" && end === found.json.length) return { ...found, value, state: "whole", open: false }
  if (state === "cut" && value !== undefined) return { ...found, value, state: "forming", open }
  return { ...found, value: undefined, state: "broken", open: false }
}
