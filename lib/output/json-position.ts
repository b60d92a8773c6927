import type { OutputProblem } from "@/lib/messages/types"
import { behindBlanks, scanJson } from "@/lib/output/json-scan"
import { problemAt } from "@/lib/output/problems"

/** Where a text stops being JSON. `JSON.parse` names a place on some engines, for some faults. */
export function whereJsonStops(text: string): OutputProblem {
  if (!text.trim()) return problemAt("", "json:empty")
  const position = errorPosition(text)
  if (position === text.length) return problemAt("", "json:cut", { length: text.length, end: tail(text) })
  const before = text.slice(0, position)
  const found = String.fromCodePoint(text.codePointAt(position) ?? 0)
  const line = before.split("\n").length
  NO_VALUE.lastIndex = position
  const [word = "none"] = NO_VALUE.exec(text) ?? []
  const around = `${before ? `…${tail(before)}` : ""}⟨${found}⟩`
  return problemAt("", "json:stops", { character: String(position + 1), line: String(line), around, word })
}

const tail = (text: string) => text.slice(-30).toWellFormed().replace(/\s+/g, " ")

/** What other languages write and JSON has no word for. */
const NO_VALUE = /(?:NaN|[-+]?Infinity|None|True|False|undefined)\b/y

/** Index of the first character that does not fit; the text's length when the text ends too early. */
export function errorPosition(text: string): number {
  const { state, end } = scanJson(text)
  return state === "whole" ? behindBlanks(text, end) : end
}
