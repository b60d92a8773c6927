/** Line numbers in a JSON text, so that users can find what to fix. Pure, linear in the text. */
import { scanJson } from "@/lib/output/json-scan"

/** The line (from 1) at which a text stops being JSON; null if it is truncated, or is valid JSON. */
export function invalidJsonLine(text: string): number | null {
  const { state, end } = scanJson(text)
  const rest = text.slice(end).search(/\S/)
  if (state === "wrong") return lineAt(text, end)
  return state === "whole" && rest >= 0 ? lineAt(text, end + rest) : null
}

/** The line (from 1) of the value a JSON Pointer refers to, or of its nearest existing ancestor. */
export function lineOf(text: string, pointer: string): number {
  const wanted = pointer.split("/").slice(1).map(unescaped)
  const open: { list: boolean; key: string | number }[] = []
  let found = { depth: 0, offset: text.search(/\S/) }
  let at = 0
  const note = (offset: number) => {
    const fits = open.length <= wanted.length && open.every(({ key }, depth) => String(key) === wanted[depth])
    // Of duplicate members the last one counts.
    if (fits && open.length >= found.depth) found = { depth: open.length, offset }
  }
  scanJson(text, 0, ({ text: token, name }) => {
    const offset = text.indexOf(token, at)
    at = offset + token.length
    const top = open.at(-1)
    if (name && top) top.key = String(JSON.parse(token))
    if (token === "," && top?.list) top.key = Number(top.key) + 1
    const isMark = token === "," || token === ":" || token === "]" || token === "}"
    if (name || (top?.list && !isMark)) note(offset)
    if (token === "[" || token === "{") open.push({ list: token === "[", key: token === "[" ? 0 : "" })
    if (token === "]" || token === "}") open.pop()
  })
  return lineAt(text, found.offset)
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length

const unescaped = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~")
