/**
 * Lists that models write with nonstandard markers: “• one”, “– one”. Those become lists; lines starting with a circled
 * number, a letter or an emoji stay separate lines. Pure, linear in the text.
 */

const BULLET = /^([ \t>]*)(?:[•‣●◦▪■⁃∙][ \t\u00a0]*(?=[\p{L}\p{N}*_`"“‘'([$<])|[·・○□▫–][ \t\u00a0]+(?=\S))/u
const DASH = /^[ \t>]*–[ \t\u00a0]+\S/
/** A list item in CommonMark. */
const ITEM = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/
/** Lines that would otherwise be joined with the previous line. */
const OWN_LINE =
  /^[ \t>]*(?:[①-⑳⑴-⒇⒈-⒛❶-❿]|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)[ \t]|（[\d一二三四五六七八九十]{1,3}）|\d{1,2}[、）]|[一二三四五六七八九十]{1,3}、|[a-z][).][ \t]|— |(?![©®™])\p{Extended_Pictographic}|[✓✗✘☐☒→⇒►★☆◆◇※])/u

/** The prose with its lists in CommonMark syntax. */
export function withLists(prose: string): string {
  if (!/[^\s -~]|^[ \t>]*(?:\(\w{1,4}\)|[a-z][).])[ \t]/m.test(prose)) return prose
  const lines = prose.split("\n")
  let list = false
  let dashes = false
  for (const [index, line] of lines.entries()) {
    const [mark, margin = ""] = BULLET.exec(line) ?? []
    const dash = DASH.test(line)
    // A single dash introduces a remark or a name, not a list.
    dashes = dash && (dashes || DASH.test(lines[index + 1] ?? ""))
    if (mark !== undefined && (!dash || dashes) && (list || margin.replaceAll("\t", "    ").length < 4)) {
      lines[index] = `${margin}- ${line.slice(mark.length)}`
      list = true
    } else if (ITEM.test(line)) list = true
    else if (/^\S/.test(line)) list = false
    if (OWN_LINE.test(line) && index > 0) lines[index - 1] = withBreak(lines[index - 1] ?? "")
  }
  return lines.join("\n")
}

const withBreak = (line: string): string => (line.trim() === "" || / {2}$|\\$/.test(line) ? line : `${line}  `)

/**
 * Where a last line starting with a dash begins in a growing text: it belongs to a list only if the next line starts
 * with one too. −1 when there is none.
 */
export function ambiguousDashStart(text: string): number {
  const lines = text.slice(-LONGEST_HELD).split("\n")
  if (/^[ \t>]*(?:–[ \t]*[*_~`]{0,3})?$/.test(lines.at(-1) ?? "")) lines.pop()
  const [before = "", line = ""] = lines.slice(-2).length > 1 ? lines.slice(-2) : ["", ...lines]
  return DASH.test(line) && !DASH.test(before) ? text.lastIndexOf(line) : -1
}

const LONGEST_HELD = 800
