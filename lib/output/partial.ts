import { parsePartialJson } from "ai"

export interface PartialValue {
  /** What is there so far; undefined before the first value. */
  value: unknown
  state: "empty" | "forming" | "whole" | "broken"
}

/** The value of a JSON text that may still be on its way. Safe to import in the browser. */
export async function parsePartial(text: string): Promise<PartialValue> {
  if (!text.trim()) return { value: undefined, state: "empty" }
  const { value, state } = await parsePartialJson(text)
  if (state === "successful-parse") return { value, state: "whole" }
  if (state === "repaired-parse") return { value, state: "forming" }
  return { value: undefined, state: "broken" }
}
