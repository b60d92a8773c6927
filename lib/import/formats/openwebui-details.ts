/** Parts of an answer that its text contains as `<details>`: reasoning and tool calls. */
import type { NeutralPart } from "@/lib/import/formats/types"
import { callPart, jsonOrText, reasoningPart, textPart } from "@/lib/import/formats/values"

const OPEN = /<details\s+type="(reasoning|tool_calls|code_interpreter)"([^>]{0,2000000})>/g
const CLOSE = "</details>"

/** Linear: the search for each part starts at the end of the previous one. */
export function detailsOf(content: string): NeutralPart[] {
  const parts: NeutralPart[] = []
  let from = 0
  for (const found of content.matchAll(OPEN)) {
    if (found.index < from) continue
    const begin = found.index + found[0].length
    const end = content.indexOf(CLOSE, begin)
    if (end < 0) break
    parts.push(...textPart(content.slice(from, found.index).trim()))
    const inside = plain(content.slice(begin, end))
    parts.push(...(found[1] === "reasoning" ? reasoningPart(inside) : callIn(found[2] ?? "", inside, parts.length)))
    from = end + CLOSE.length
  }
  return [...parts, ...textPart(from === 0 ? content : content.slice(from).trim())]
}

function callIn(attributes: string, inside: string, place: number): NeutralPart[] {
  const of = (name: string) => {
    const value = new RegExp(String.raw`\b${name}="([^"]*)"`).exec(attributes)?.[1]
    return value === undefined ? undefined : unescaped(value)
  }
  const output = jsonOrText(of("result") ?? inside)
  const call = {
    id: of("id") || `call-${place}`,
    name: of("name") || "tool",
    input: jsonOrText(of("arguments") ?? "{}"),
  }
  return [callPart({ ...call, output: jsonOrText(output) })]
}

/** Without its heading and the blockquote marker of each line. */
const plain = (html: string): string =>
  unescaped(html.replace(/<summary>[^<]{0,1000}<\/summary>/, ""))
    .replace(/^> ?/gm, "")
    .trim()

const NAMED: Record<string, string> = {
  "&quot;": '"',
  "&gt;": ">",
  "&lt;": "<",
  "&#x27;": "'",
  "&#39;": "'",
  "&amp;": "&",
}
const unescaped = (text: string): string =>
  text.replace(/&(?:quot|gt|lt|#x27|#39|amp);/g, (name) => NAMED[name] ?? name)
