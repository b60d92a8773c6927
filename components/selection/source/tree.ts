/** Parses an answer's Markdown into a tree of source positions. Pure. */
import remarkGfm from "remark-gfm"
import remarkParse from "remark-parse"
import { unified } from "unified"
import { piecesOf } from "@/components/message/markdown/text/pieces"
import { type Token, tokensOf } from "@/components/selection/source/tokens"

export interface Place {
  type: string
  from: number
  to: number
  children: Place[]
}

interface Node {
  type: string
  position?: { start: { offset?: number }; end: { offset?: number } }
  children?: Node[]
}

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false })

const placeOf = ({ type, position, children = [] }: Node): Place => ({
  type,
  from: position?.start.offset ?? 0,
  to: position?.end.offset ?? 0,
  children: children.map(placeOf),
})

/** A text that would take too long to parse is only split into paragraphs. */
export function treeOf(source: string): Place {
  const costly = piecesOf(source).some(({ plain }) => plain)
  return costly ? paragraphsOf(source) : placeOf(parser.parse(source))
}

function paragraphsOf(source: string): Place {
  const children = [...source.matchAll(/\S[\s\S]*?(?=\n[ \t]*\n|\s*$(?![\s\S]))/g)].map(({ 0: text, index }) => ({
    type: "text",
    from: index,
    to: index + text.length,
    children: [],
  }))
  return { type: "root", from: 0, to: source.length, children }
}

/** The visible words of a source, without addresses, code languages and the like. */
export function visibleTokens(source: string, place: Place): Token[] {
  if (place.type === "code") return codeTokens(source, place)
  if (SHOWN.has(place.type)) return tokensOf(source, place.from, place.to)
  return place.children.flatMap((child) => visibleTokens(source, child))
}

const SHOWN = new Set(["text", "inlineCode", "html"])

/** Excludes the fence lines. */
function codeTokens(source: string, { from, to }: Place): Token[] {
  const [inner, end] = codeTextRange(source, { from, to })
  return tokensOf(source, inner, end)
}

/** Start and end of the text in a code block. */
export function codeTextRange(source: string, { from, to }: Pick<Place, "from" | "to">): [number, number] {
  const text = source.slice(from, to)
  const [, fence] = /^(`{3,}|~{3,})[^\n]*/.exec(text) ?? []
  if (!fence) return [from, to]
  const first = text.indexOf("\n") + 1
  const last = text.lastIndexOf("\n")
  const closed = last >= first - 1 && /^[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.test(text.slice(last + 1))
  return [from + (first || text.length), from + Math.max(first, closed ? last : text.length)]
}
