/** The tags of HTML that an answer shows as HTML. All others are text: shown as they were written. */

const list = (names: string) => new Set(names.split(" "))

/** They hold blocks, and may end behind other blocks. */
const BLOCK_TAGS = list(
  "blockquote caption center col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre " +
    "section summary table tbody td tfoot th thead tr ul",
)
/** They stand within a line. */
const INLINE_TAGS = list(
  "a abbr b big br code del em font i img ins kbd mark picture q rp rt ruby s samp small source span strike strong " +
    "sub sup tt u var wbr",
)
const VOID_TAGS = list("br col hr img source wbr")
/** HTML lets their end tag be left out. */
const OPEN_ENDED_TAGS = list("caption colgroup dd dt li p rp rt tbody td tfoot th thead tr")
/** They are nothing outside these others. */
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
/** The element without which this one shows nothing. */
export const neededAround = (name: string): string | undefined => ONLY_WITHIN.get(name)

export interface Tag {
  /** In small letters. */
  name: string
  closing: boolean
  /** It is HTML by itself: a known name, attributes of HTML. Whether it has its counterpart is another question. */
  known: boolean
  /** It opens something that an end tag has to close. */
  opens: boolean
  attributes: boolean
  /** Where it stands in the text. */
  start: number
  end: number
}

const ATTRIBUTE = String.raw`\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>${"`"}]+|'[^']*'|"[^"]*"))?`
const TAG = new RegExp(String.raw`<(/?)([A-Za-z][A-Za-z0-9-]*)((?:${ATTRIBUTE})*)\s*(/?)>`, "y")
/** Attributes of React, Vue, Angular, Alpine and Svelte: a piece of source, not of a page. */
const OF_SOURCE =
  /\s(?:className|htmlFor|on[A-Z]\w*|v-[\w.:-]+|x-[\w.:-]+|ng-[\w-]+|on:\w+|bind:\w+|:[\w.:-]+)(?=[\s=>/]|$)|=\s*\{/

/** The tag that stands at a place of a text; null when none does. */
export function tagAt(text: string, start: number): Tag | null {
  TAG.lastIndex = start
  const [whole, slash, written = "", attributes = "", selfClosing] = TAG.exec(text) ?? []
  if (whole === undefined) return null
  const name = written.toLowerCase()
  const closing = slash === "/"
  const before = text[start - 1] ?? ""
  // `Vec<B>`, `Option<Span>`, `<Table>`: types and components begin with a capital; HTML is all of one case.
  const typed = (written !== name && written !== written.toUpperCase()) || (/[A-Z]/.test(written) && /\w/.test(before))
  const empty = name === "img" && !/\ssrc\s*=/i.test(attributes)
  const known = isKnownTag(name) && !typed && !OF_SOURCE.test(attributes) && !empty && !(closing && attributes !== "")
  const opens = !closing && !isVoidTag(name) && (known || selfClosing === "")
  return { name, closing, known, opens, attributes: attributes !== "", start, end: start + whole.length }
}

/**
 * A start tag of a block that is HTML though its end tag has not come: nothing but another tag, or something on the next
 * lines follows it. “<div> is a tag” is a sentence. `text` is the block of HTML.
 */
export function isEvident(text: string, { name, known, closing, end }: Tag): boolean {
  if (!known || closing || !isBlockTag(name)) return false
  return isOpenEnded(name) || /^[ \t]*(?:\n\s*\S|<\/?[a-zA-Z])/.test(text.slice(end, end + 200))
}
