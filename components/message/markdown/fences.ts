/** Fenced code in a text, line by line: what stands in it is no markdown. */

export interface Fence {
  mark: "`" | "~"
  length: number
}

const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)$/

/** The fence that is open behind a line, where `open` was before it. */
export function fenceAfter(line: string, open: Fence | null): Fence | null {
  const [, run = "", rest = ""] = FENCE.exec(line) ?? []
  const mark = run.startsWith("`") ? "`" : run.startsWith("~") ? "~" : null
  if (!mark) return open
  if (!open) return mark === "`" && rest.includes("`") ? null : { mark, length: run.length }
  return mark === open.mark && run.length >= open.length && rest.trim() === "" ? null : open
}

/** The fence that is open at the end of a text. */
export function openFence(text: string): Fence | null {
  if (!text.includes("```") && !text.includes("~~~")) return null
  let open: Fence | null = null
  for (const line of text.split("\n")) open = fenceAfter(line, open)
  return open
}
