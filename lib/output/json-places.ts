/** Positions of the values in a JSON text. Pure, linear in the text. */
import { scanJson, skipWhitespace } from "@/lib/output/json-scan"
import { escapePointer } from "@/lib/output/schema/finding"

/** Offsets in the text: of a value, and of the name before it. */
export interface JsonPlace {
  from: number
  to: number
  name: { from: number; to: number } | null
}

interface Open {
  pointer: string
  list: boolean
  key: string | number
  name: JsonPlace["name"]
  from: number
  own: JsonPlace["name"]
}

/** Places by JSON Pointer, as far as the text is JSON. Of duplicate members, the last one. */
export function placesIn(text: string): Map<string, JsonPlace> {
  const places = new Map<string, JsonPlace>()
  const open: Open[] = []
  let at = 0
  const pointer = () => {
    const top = open.at(-1)
    return top ? `${top.pointer}/${escapePointer(String(top.key))}` : ""
  }
  scanJson(text, 0, ({ text: token, name }) => {
    const from = skipWhitespace(text, at)
    const to = from + token.length
    at = to
    const top = open.at(-1)
    if (name && top) {
      top.key = String(JSON.parse(token))
      top.name = { from, to }
    } else if (token === ",") {
      if (top?.list) top.key = Number(top.key) + 1
    } else if (token === "{" || token === "[") {
      const own = top && !top.list ? top.name : null
      open.push({ pointer: pointer(), list: token === "[", key: token === "[" ? 0 : "", name: null, from, own })
    } else if (token === "}" || token === "]") {
      const closed = open.pop()
      if (closed) places.set(closed.pointer, { from: closed.from, to, name: closed.own })
    } else if (token !== ":") places.set(pointer(), { from, to, name: top && !top.list ? top.name : null })
  })
  for (const { pointer: path, from, own } of open) places.set(path, { from, to: text.length, name: own })
  return places
}

/** The place of the value a pointer refers to, or of its nearest existing ancestor. */
export function placeOf(places: ReadonlyMap<string, JsonPlace>, pointer: string): JsonPlace | null {
  for (let path = pointer; ; path = path.slice(0, path.lastIndexOf("/"))) {
    const found = places.get(path)
    if (found || path === "") return found ?? null
  }
}

/** Line and column (both from 1) of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf("\n") + 1
  return { line: before.split("\n").length, column: offset - start + 1 }
}
