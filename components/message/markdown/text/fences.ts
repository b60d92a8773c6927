/**
 * Fenced code in a text, line by line: its content is not Markdown. Models nest blocks inside a Markdown block using
 * the same three characters for all; CommonMark would end the outer one at the first inner end. Here a fence that names
 * a language opens an inner block of a Markdown block, and the next bare fence ends it.
 */

export interface Fence {
  mark: "`" | "~"
  length: number
  /** A Markdown block, in which other blocks may open. */
  markdown: boolean
  inner: Fence | null
}

const FENCE = /^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})(.*)$/
const MARKDOWN = /^\s*(?:markdown|mdown|md|mdx|mdc|gfm|rmd|rmarkdown|qmd)\b/i

export interface FenceLine {
  prefix: string
  mark: "`" | "~"
  length: number
  rest: string
}

export function fenceLine(line: string): FenceLine | null {
  const [, prefix = "", run = "", rest = ""] = FENCE.exec(line) ?? []
  const mark = run.startsWith("`") ? "`" : run.startsWith("~") ? "~" : null
  return mark && { prefix, mark, length: run.length, rest }
}

/**
 * Whether a line closes a block by CommonMark's rules: bare, at least as long as the opening fence, not in a list item.
 */
export const ends = (line: FenceLine, { mark, length }: Fence) =>
  line.mark === mark && line.length >= length && line.rest.trim() === "" && /^[ \t>]*$/.test(line.prefix)

/** Maximum nesting of Markdown blocks. */
const DEEPEST = 4

const begun = ({ mark, length, rest }: FenceLine, depth: number): Fence | null =>
  mark === "`" && rest.includes("`")
    ? null
    : { mark, length, markdown: depth < DEEPEST && MARKDOWN.test(rest), inner: null }

/** The fence open after a line, given `open` before it. */
export function fenceAfter(line: string, open: Fence | null, depth = 0): Fence | null {
  const fence = fenceLine(line)
  if (!fence) return open
  if (!open) return begun(fence, depth)
  if (open.inner) return { ...open, inner: fenceAfter(line, open.inner, depth + 1) }
  if (ends(fence, open)) return null
  const named = fence.rest.trim() !== "" || fence.mark !== open.mark
  return open.markdown && named ? { ...open, inner: begun(fence, depth + 1) } : open
}

/** The fence that is open at the end of a text. */
export function openFence(text: string): Fence | null {
  if (!text.includes("```") && !text.includes("~~~")) return null
  let open: Fence | null = null
  for (const line of text.split("\n")) open = fenceAfter(line, open)
  return open
}
