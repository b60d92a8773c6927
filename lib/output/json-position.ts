import { behindBlanks, scanJson } from "@/lib/output/json-scan"

/** Says in words where a text stops being JSON. `JSON.parse` names a place on some engines, for some faults. */
export function whereJsonStops(text: string): string {
  if (!text.trim()) return "The answer is empty."
  const position = errorPosition(text)
  if (position === text.length)
    return `The JSON is cut off after ${text.length.toLocaleString("en")} characters: …${tail(text)}`
  const before = text.slice(0, position)
  const found = String.fromCodePoint(text.codePointAt(position) ?? 0)
  const line = before.split("\n").length
  NO_VALUE.lastIndex = position
  const [word] = NO_VALUE.exec(text) ?? []
  const hint = word ? ` (JSON has no ${word})` : ""
  return `This is not JSON at character ${position + 1} (line ${line}): ${before ? `…${tail(before)}` : ""}⟨${found}⟩${hint}`
}

const tail = (text: string) => text.slice(-30).toWellFormed().replace(/\s+/g, " ")

/** What other languages write and JSON has no word for. */
const NO_VALUE = /(?:NaN|[-+]?Infinity|None|True|False|undefined)\b/y

/** Index of the first character that does not fit; the text's length when the text ends too early. */
function errorPosition(text: string): number {
  const { state, end } = scanJson(text)
  return state === "whole" ? behindBlanks(text, end) : end
}
