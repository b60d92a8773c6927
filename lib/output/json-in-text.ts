/** Finds the JSON in an answer: models wrap it in fences and prose. Pure, linear in the text. */
import { scanJson, skipWhitespace } from "@/lib/output/json-scan"

export interface FoundJson {
  json: string
  /** What the model wrote around it, without fences and reasoning; usually empty. */
  around: string
}

/** Maximum number of positions in prose at which to look for a value. */
const MAX_TRIES = 200

/** The JSON of an answer, complete or as far as it has arrived; the text itself if it contains none. */
export function jsonIn(text: string): FoundJson {
  const said = withoutThoughts(text)
  const trimmed = said.trim()
  const { state, end } = scanJson(trimmed)
  if (state === "whole" && end === trimmed.length) return { json: trimmed, around: "" }
  const found = /^[[{]/.test(trimmed) ? atStart(trimmed) : (inFences(trimmed) ?? inProse(trimmed))
  return found ?? { json: trimmed, around: "" }
}

const NAMES = "think|thinking|thought|reasoning|seed:think|mm:think|longcat_think"
const OPEN = new RegExp(`^\\s*<(?:${NAMES})(?:\\s[^<>]*)?>`, "i")
const CLOSE = new RegExp(`</(?:${NAMES})\\s*>`, "i")
const LONE = new RegExp(`^[^{[]*${CLOSE.source}`, "i")

/** Strips `<think>…</think>` before the answer; empty while it is still open. */
export function withoutThoughts(text: string): string {
  const opened = OPEN.test(text)
  const end = opened ? CLOSE.exec(text) : null
  if (end) return text.slice(end.index + end[0].length)
  return opened ? "" : text.replace(LONE, "")
}

/** JSON followed by prose. Two values aren't accepted: it would be unclear which is the answer. */
function atStart(text: string): FoundJson | null {
  const { state, end } = scanJson(text)
  if (state !== "whole") return null
  const around = text.slice(end).trim()
  return inProse(around) ? null : { json: text.slice(0, end), around: around.replace(/^`{3,}|^~{3,}/, "").trim() }
}

const FENCE =
  /^[ \t>]*(`{3,}|~{3,})[ \t]*(?:json[\w.-]*|javascript|js|text|txt)?[ \t]*\n([\s\S]*?)(?:^[ \t>]*\1[`~]*[ \t]*$|(?![\s\S]))/gim

/** The longest complete value in its own fence, otherwise the partial one in the last fence. */
function inFences(text: string): FoundJson | null {
  let best: FoundJson | null = null
  let length = -1
  for (const { 0: block, 2: inner = "", index } of text.matchAll(FENCE)) {
    const held = inner.trim()
    if (!/^[[{]/.test(held)) continue
    const { state, end } = scanJson(held)
    // The closing fence may directly follow the value.
    const rest = held.slice(end)
    const whole = state === "whole" && /^\s*(?:[`~]{3}|$)/.test(rest)
    const json = whole ? held.slice(0, end) : held
    if (!whole && length > 0) continue
    if (whole && json.length <= length) continue
    const behind = `${whole ? rest.replace(/^\s*[`~]{3,}/, "") : ""}${text.slice(index + block.length)}`
    best = { json, around: `${text.slice(0, index)}\n${behind}`.trim() }
    length = whole ? json.length : 0
  }
  return best
}

/** The longest value within prose. */
function inProse(text: string): FoundJson | null {
  let best: { start: number; end: number } | null = null
  let tries = 0
  for (let at = text.search(/[[{]/); at >= 0 && tries < MAX_TRIES; tries++) {
    const { state, end } = scanJson(text, at)
    const found = state === "whole" || (state === "cut" && skipWhitespace(text, at + 1) < text.length)
    if (found && (!best || end - at > best.end - best.start)) best = { start: at, end }
    const from = found ? end : at + 1
    const next = text.slice(from).search(/[[{]/)
    at = next < 0 ? -1 : from + next
  }
  if (!best) return null
  const around = `${text.slice(0, best.start)} ${text.slice(best.end)}`.trim()
  return { json: text.slice(best.start, best.end), around }
}
