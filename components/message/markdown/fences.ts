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

interface FenceLine {
  prefix: string
  mark: "`" | "~"
  length: number
  rest: string
}

function fenceLine(line: string): FenceLine | null {
  const [, prefix = "", run = "", rest = ""] = FENCE.exec(line) ?? []
  const mark = run.startsWith("`") ? "`" : run.startsWith("~") ? "~" : null
  return mark && { prefix, mark, length: run.length, rest }
}

/** Ends a block, by the rules of CommonMark: bare, as long as its beginning, at no item of a list. */
const ends = (line: FenceLine, { mark, length }: Fence) =>
  line.mark === mark && line.length >= length && line.rest.trim() === "" && /^[ \t>]*$/.test(line.prefix)

const begun = ({ mark, length, rest }: FenceLine): Fence | null =>
  mark === "`" && rest.includes("`") ? null : { mark, length, markdown: MARKDOWN.test(rest), inner: null }

/** The fence that is open behind a line, where `open` was before it. */
export function fenceAfter(line: string, open: Fence | null): Fence | null {
  const fence = fenceLine(line)
  if (!fence) return open
  if (!open) return begun(fence)
  if (open.inner) return { ...open, inner: fenceAfter(line, open.inner) }
  if (ends(fence, open)) return null
  const named = fence.rest.trim() !== "" || fence.mark !== open.mark
  return open.markdown && named ? { ...open, inner: begun(fence) } : open
}

/** The fence that is open at the end of a text. */
export function openFence(text: string): Fence | null {
  if (!text.includes("```") && !text.includes("~~~")) return null
  let open: Fence | null = null
  for (const line of text.split("\n")) open = fenceAfter(line, open)
  return open
}

/** The text without what is uncertain in its last line, where `fence` is open before that line; null when no block is. */
export function withoutHalfFence(text: string): string | null {
  const start = text.lastIndexOf("\n") + 1
  const before = openFence(text.slice(0, start))
  const line = text.slice(start)
  if (!before) return openFence(text) ? text : null
  // Half of the line that ends it, or a fence that may yet name a language.
  const uncertain = /^[ \t>]*[`~]{1,2}$/.test(line) || (before.markdown && /^[ \t>]*(?:`{3,}|~{3,})/.test(line))
  if (uncertain) return text.slice(0, start)
  return openFence(text) ? text : null
}

const asLongAs = (line: string, length: number) => line.replace(/(?:`{3,}|~{3,})/, ([sign = ""]) => sign.repeat(length))

/** The text with the fences of a block longer than those of the blocks in it, as CommonMark wants it. */
export function withFencesApart(text: string): string {
  if (!/^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:`{3,}|~{3,})\s*(?:m|gfm|r|qmd)/im.test(text)) return text
  const lines = text.split("\n")
  let open: Fence | null = null
  let first = 0
  let longest = 0
  for (const [index, line] of lines.entries()) {
    const after = fenceAfter(line, open)
    const fence = fenceLine(line)
    if (!open && after) {
      first = index
      longest = 0
    } else if (open?.inner && fence && ends(fence, open)) longest = Math.max(longest, fence.length)
    const last = index === lines.length - 1
    if (open && longest > 0 && (!after || last)) {
      lines[first] = asLongAs(lines[first] ?? "", longest + 1)
      if (!after) lines[index] = asLongAs(line, longest + 1)
    }
    open = after
  }
  return lines.join("\n")
}

/** The text with its prose made anew; fenced code is left as it is. */
export function mapProse(text: string, made: (prose: string) => string): string {
  let out = ""
  let prose = ""
  let fence: Fence | null = null
  for (const line of text.split(/(?<=\n)/)) {
    const after = fenceAfter(line.replace(/\n$/, ""), fence)
    if (!fence && !after) {
      prose += line
    } else {
      out += made(prose) + line
      prose = ""
    }
    fence = after
  }
  return out + made(prose)
}
