/** The tags that an answer shows as HTML. All others are shown as text, as written. */

const list = (names: string) => new Set(names.split(" "))

/** Elements that contain blocks and may end after other blocks. */
const BLOCK_TAGS = list(
  "blockquote caption center col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre " +
    "section summary table tbody td tfoot th thead tr ul",
)
/** Inline elements. */
const INLINE_TAGS = list(
  "a abbr b big br code del em font i img ins kbd mark picture q rp rt ruby s samp small source span strike strong " +
    "sub sup tt u var wbr",
)
const VOID_TAGS = list("br col hr img source wbr")
/** Elements whose end tag HTML makes optional. */
const OPEN_ENDED_TAGS = list("caption colgroup dd dt li p rp rt tbody td tfoot th thead tr")
/** Elements that are meaningless outside these others. */
const ONLY_WITHIN = new Map(
  [
    ["table", "caption col colgroup tbody td tfoot th thead tr"],
    ["picture", "source"],
  ].flatMap(([outer = "", inner = ""]) => inner.split(" ").map((name) => [name, outer] as const)),
)

export const isBlockTag = (name: string): boolean => BLOCK_TAGS.has(name)
export const isKnownTag = (name: string): boolean => BLOCK_TAGS.has(name) || INLINE_TAGS.has(name)
export const isVoidTag = (name: string): boolean => VOID_TAGS.has(name)
export const isOpenEnded = (name: string): boolean => OPEN_ENDED_TAGS.has(name)
/** The element that this one needs around it to show anything. */
export const requiredParent = (name: string): string | undefined => ONLY_WITHIN.get(name)

export interface Tag {
  /** Lowercase. */
  name: string
  closing: boolean
  /** Valid HTML by itself: a known name and HTML attributes. Whether it has a counterpart is checked separately. */
  known: boolean
  /** It opens an element that needs an end tag. */
  opens: boolean
  attributes: boolean
  /** Its position in the text. */
  start: number
  end: number
}

const ATTRIBUTE = String.raw`\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>${"`"}]+|'[^']*'|"[^"]*"))?`
const TAG = new RegExp(String.raw`<(/?)([A-Za-z][A-Za-z0-9-]*)((?:${ATTRIBUTE})*)\s*(/?)>`, "y")
/** Attributes of React, Vue, Angular, Alpine and Svelte: source code, not page content. */
const OF_SOURCE =
  /\s(?:className|htmlFor|on[A-Z]\w*|v-[\w.:-]+|x-[\w.:-]+|ng-[\w-]+|on:\w+|bind:\w+|:[\w.:-]+)(?=[\s=>/]|$)|=\s*\{/

/** The tag at a position of a text; null when there is none. */
export function tagAt(text: string, start: number): Tag | null {
  TAG.lastIndex = start
  const [whole, slash, written = "", attributes = "", selfClosing] = TAG.exec(text) ?? []
  if (whole === undefined) return null
  const name = written.toLowerCase()
  const closing = slash === "/"
  const before = text[start - 1] ?? ""
  // `Vec<B>`, `Option<Span>`, `<Table>`: types and components start with a capital; HTML is in a single case.
  const typed = (written !== name && written !== written.toUpperCase()) || (/[A-Z]/.test(written) && /\w/.test(before))
  const empty = name === "img" && !/\ssrc\s*=/i.test(attributes)
  const known = isKnownTag(name) && !typed && !OF_SOURCE.test(attributes) && !empty && !(closing && attributes !== "")
  const opens = !closing && !isVoidTag(name) && (known || selfClosing === "")
  return { name, closing, known, opens, attributes: attributes !== "", start, end: start + whole.length }
}

/**
 * A block start tag that is HTML even before its end tag arrives: only another tag, or content on the next lines,
 * follows it. “<div> is a tag” is a sentence. `text` is the HTML block.
 */
export function isUnambiguousTag(text: string, { name, known, closing, end }: Tag): boolean {
  if (!known || closing || !isBlockTag(name)) return false
  return isOpenEnded(name) || /^[ \t]*(?:\n\s*\S|<\/?[a-zA-Z])/.test(text.slice(end, end + 200))
}
