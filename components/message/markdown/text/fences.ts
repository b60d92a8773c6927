/**
 * Fenced code in a text, line by line: what stands in it is no Markdown. Models write a block of Markdown with blocks in
 * it, all with the same three signs; CommonMark ends the outer one at the first end of an inner one. Here a fence that
 * names a language opens an inner block of a block of Markdown, and the next bare fence ends that one.
 */

export interface Fence {
  mark: "`" | "~"
  length: number
  /** It shows Markdown, in which other blocks may open. */
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

/** Ends a block, by the rules of CommonMark: bare, as long as its beginning, at no item of a list. */
export const ends = (line: FenceLine, { mark, length }: Fence) =>
  line.mark === mark && line.length >= length && line.rest.trim() === "" && /^[ \t>]*$/.test(line.prefix)

/** Blocks of Markdown in one another. */
const DEEPEST = 4

const begun = ({ mark, length, rest }: FenceLine, depth: number): Fence | null =>
  mark === "`" && rest.includes("`")
    ? null
    : { mark, length, markdown: depth < DEEPEST && MARKDOWN.test(rest), inner: null }

/** The fence that is open behind a line, where `open` was before it. */
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
