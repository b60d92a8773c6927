import type { OutputProblem } from "@/lib/messages/types"
import { scanJson, skipWhitespace } from "@/lib/output/json-scan"
import { problemAt } from "@/lib/output/problems"

/** Where a text stops being JSON. `JSON.parse` reports a position only on some engines, for some errors. */
export function locateJsonError(text: string): OutputProblem {
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

/** Literals of other languages that JSON doesn't have. */
const NO_VALUE = /(?:NaN|[-+]?Infinity|None|True|False|undefined)\b/y

/** Index of the first invalid character; the text's length if the text ends too early. */
export function errorPosition(text: string): number {
  const { state, end } = scanJson(text)
  return state === "whole" ? skipWhitespace(text, end) : end
}
