/** Splits a text into prose and fenced code, to process one of them. Pure, linear in the text. */
import { ends, type Fence, fenceAfter, fenceLine, openFence } from "@/components/message/markdown/text/fences"

/** Inside a code block: the text, without its last line if that is uncertain. Null outside of one. */
export function trimPartialFence(text: string): string | null {
  const start = text.lastIndexOf("\n") + 1
  const before = openFence(text.slice(0, start))
  const line = text.slice(start)
  const after = fenceAfter(line, before)
  if (!before) return after ? text : null
  // A partial closing fence, or a fence that may still name a language.
  const uncertain = /^[ \t>]*[`~]{1,2}$/.test(line) || (before.markdown && /^[ \t>]*(?:`{3,}|~{3,})/.test(line))
  if (uncertain) return text.slice(0, start)
  return after ? text : null
}

const asLongAs = (line: string, length: number) => line.replace(/(?:`{3,}|~{3,})/, ([sign = ""]) => sign.repeat(length))

/** The text with the fences of an outer block made longer than those inside it, as CommonMark requires. */
export function lengthenOuterFences(text: string): string {
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

/** The text with its prose transformed; fenced code is left as is. */
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
