/** Converts Markdown to one line of plain text, for the list of hits. One pass of bounded steps, linear in the text. */
import { cellsAsWords } from "@/lib/search/readable-lines"

/** Inline syntax, the first match at each position. Code and escaped characters are left as they are. */
const INLINE = new RegExp(
  [
    "(?<!`)``(?!`)(?<twice>.{1,500}?)(?<!`)``(?!`)",
    "(?<!`)`(?<code>[^`]{1,500})`(?!`)",
    String.raw`\\(?<escaped>[!-/:-@[-^_{-~\u0060])`,
    String.raw`!?\[(?<label>[^[\]]{0,300})\](?:\([^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?: +["'][^"'\n]{0,200}["'])?\)|\[[^[\]]{0,100}\])`,
    String.raw`\[\^[^\]\s]{1,40}\]:?`,
    String.raw`<(?<address>https?:[^<>\s]{1,500})>`,
    String.raw`</?(?:a|abbr|b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul|var)(?:\s[^<>]{0,300})?/?>`,
    "&(?<entity>amp|lt|gt|quot|nbsp|#39|apos);",
    String.raw`\$\$`,
    // Emphasis: two or three characters anywhere, a single one only at a word's edge.
    String.raw`\*{2,3}|~~|(?<![\p{L}\p{N}_])_{1,3}(?=\S)|(?<=[^\s_])_{1,3}(?![\p{L}\p{N}_])`,
    String.raw`(?<![\p{L}\p{N}\s])\*(?=\S)|(?<=\s|^)\*(?=\S)|(?<=\S)\*(?![\p{L}\p{N}])`,
  ].join("|"),
  "giu",
)

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'", apos: "'" }

interface Found {
  code?: string
  twice?: string
  escaped?: string
  label?: string
  address?: string
  entity?: string
}

const isFound = (value: unknown): value is Found => typeof value === "object" && value !== null

/** The text that remains of a match. */
function wordsOf(...match: unknown[]): string {
  const groups = match.at(-1)
  const [whole] = match
  if (!isFound(groups)) return ""
  const { code, twice, escaped, label, address, entity } = groups
  const literal = code ?? twice
  if (literal !== undefined) return literal.trim()
  // `\(x\)` and `\[x\]` are formulas.
  if (escaped !== undefined) return /[()[\]]/.test(escaped) ? "" : escaped
  if (label !== undefined) return label.replace(/\*\*|~~|`/g, "")
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? ""
  if (address !== undefined) return address
  return typeof whole === "string" && whole.startsWith("<") ? " " : ""
}

/** A text without Markdown's signs, on one line. */
export function readable(text: string): string {
  return text
    .split(/^[ \t>]*(?:[-*+][ \t]+)?(?:`{3,}|~{3,})[^`\n]*$/m)
    .map((part, index) => (index % 2 === 1 ? part : cellsAsWords(part).replace(INLINE, wordsOf)))
    .join("\n")
    .replace(/\s+/g, " ")
    .trim()
}
