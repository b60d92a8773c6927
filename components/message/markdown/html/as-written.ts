/**
 * Turns anything in an answer that looks like HTML but is not shown as HTML into text: `Vec<String>`, `<your-api-key>`,
 * `<!-- -->`, `<script>`, a tag without its counterpart. A remark plugin; pure, linear in the text.
 */
import {
  isBlockTag,
  isKnownTag,
  isOpenEnded,
  isUnambiguousTag,
  isVoidTag,
  requiredParent,
  type Tag,
  tagAt,
} from "@/components/message/markdown/html/tags"

export interface MarkdownNode {
  type: string
  value?: string
  url?: string
  children?: MarkdownNode[]
  data?: { hProperties?: Record<string, unknown> }
  position?: { start: { offset?: number }; end: { offset?: number } }
}

/** A tag at its position in the tree. */
interface Place extends Tag {
  /** Index of the containing node, and of the text block it is in. */
  parent: number
  siblings: MarkdownNode[]
  block: number
  /** Index among the children of that node. */
  index: number
  /** It needs no end tag: what follows shows that it is HTML. */
  evident: boolean
  /** Shown as HTML. */
  kept: boolean
  partner: Place | null
}

/** Class of a block that is shown verbatim, line by line. */
export const VERBATIM_CLASS = "as-written"

const FLOW = new Set(["root", "blockquote", "listItem", "footnoteDefinition"])
/** Allowed autolink targets; `<std::string>` has the form of one. */
const ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/i

export function verbatimHtml() {
  return (tree: MarkdownNode, file: unknown): void => {
    const found = collect(tree, String(file))
    if (found.nodes.size === 0) return
    const places = [...found.nodes.values()].flat()
    pair(places)
    hideWithin(places, tree)
    keepInPlace(places)
    for (const [node, tags] of found.nodes) write(node, tags, found.flow.has(node))
  }
}

interface Found {
  /** HTML nodes with their tags, in text order. */
  nodes: Map<MarkdownNode, Place[]>
  /** The subset that are blocks. */
  flow: Set<MarkdownNode>
}

function collect(tree: MarkdownNode, source: string): Found {
  const found: Found = { nodes: new Map(), flow: new Set() }
  let parents = 0
  const visit = (node: MarkdownNode, block: number) => {
    const parent = parents++
    const siblings = node.children ?? []
    for (const [index, child] of siblings.entries()) {
      const within = node.type === "root" ? index : block
      if (child.type === "link") bracketsKept(child, source)
      if (child.type !== "html") {
        visit(child, within)
        continue
      }
      const flow = FLOW.has(node.type)
      if (flow) found.flow.add(child)
      const value = `${child.value ?? ""}${siblings[index + 1] ? "\n\n." : ""}`
      const place = { parent, siblings, index, block: within, kept: false, partner: null }
      found.nodes.set(
        child,
        tagsOf(child.value ?? "").map((tag) => ({ ...tag, ...place, evident: flow && isUnambiguousTag(value, tag) })),
      )
    }
  }
  visit(tree, 0)
  return found
}

/** Scripts, comments and the like contain no tags. */
function tagsOf(value: string): Tag[] {
  if (/^\s*<(?:[!?]|(?:script|style|textarea)\b)/i.test(value)) return []
  const tags: Tag[] = []
  for (let at = value.indexOf("<"); at >= 0; at = value.indexOf("<", at + 1)) {
    const tag = tagAt(value, at)
    if (tag) tags.push(tag)
  }
  return tags
}

/** An autolink without a valid target is text between two brackets. */
function bracketsKept(link: MarkdownNode, source: string): void {
  const { start, end } = link.position ?? {}
  if (start?.offset === undefined || source[start.offset] !== "<" || ADDRESS.test(link.url ?? "")) return
  link.type = "text"
  link.value = source.slice(start.offset, end?.offset)
  link.children = undefined
}

/** Text between two tags that are being mentioned: “between <b> and </b>”. */
const MENTION = /^[\s,;/&…-]*(?:and|or|to|und|oder|et|ou|y|o|e|и|和|与|或|と|\.{2,})?[\s,;/&…-]*$/iu

const isBetween = (words: string) => words.length < 20 && MENTION.test(words)

/** Both tags are only mentioned, with nothing inside. */
function isMention(opener: Place, closer: Place): boolean {
  if (opener.parent !== closer.parent || opener.siblings[opener.index] === closer.siblings[closer.index]) return false
  const between = opener.siblings.slice(opener.index + 1, closer.index)
  return !opener.attributes && between.every(({ type, value }) => type === "text" && isBetween(value ?? ""))
}

/** Matches start and end tags: inline tags within the same parent, block and unknown tags anywhere. */
function pair(places: Place[]): void {
  const open = new Map<string, Place[]>()
  for (const place of places) {
    const anywhere = isBlockTag(place.name) || !isKnownTag(place.name)
    const key = anywhere ? place.name : `${place.name} ${place.parent}`
    if (place.opens) {
      const waiting = open.get(key) ?? []
      open.set(key, waiting)
      waiting.push(place)
    } else if (place.closing) {
      const opener = open.get(key)?.pop()
      if (!opener || isMention(opener, place)) continue
      place.partner = opener
      opener.partner = place
    }
  }
}

/**
 * Text inside an element shown as text is text too, since it is source code. Except when it contains headings, lists or
 * tables: `<answer>` around a whole answer is a wrapper.
 */
function hideWithin(places: Place[], tree: MarkdownNode): void {
  const children = tree.children ?? []
  const structures = [0]
  for (const { type } of children)
    structures.push((structures.at(-1) ?? 0) + (type === "html" || type === "paragraph" ? 0 : 1))
  const isSource = ({ parent, block, partner }: Place) =>
    partner !== null &&
    (parent === partner.parent || structures[partner.block + 1] === structures[Math.min(block, partner.block)])
  const around = new Set<Place>()
  for (const place of places) {
    if (place.partner) around.delete(place.partner)
    if (!place.known && place.opens && isSource(place)) around.add(place)
    else if (around.size > 0) place.known = false
  }
}

function keepInPlace(places: Place[]): void {
  const around = new Map<string, number>()
  for (const place of places) {
    const { name, known, closing, partner } = place
    const whole = isVoidTag(name) || partner?.known === true || place.evident
    const needed = requiredParent(name)
    place.kept = known && whole && (needed === undefined || (around.get(needed) ?? 0) > 0)
    if (closing && partner) place.kept = partner.kept
    if (place.kept && (partner || !isOpenEnded(name))) around.set(name, (around.get(name) ?? 0) + (closing ? -1 : 1))
  }
}

function write(node: MarkdownNode, tags: Place[], flow: boolean): void {
  const value = node.value ?? ""
  if (tags.some(({ kept }) => kept)) {
    const starts = new Set(tags.filter(({ kept }) => kept).map(({ start }) => start))
    node.value = value.replace(/</g, (sign, at: number) => (starts.has(at) ? sign : "&lt;"))
  } else if (!flow) node.type = "text"
  else {
    node.type = "paragraph"
    node.value = undefined
    node.children = [{ type: "text", value }]
    node.data = { hProperties: { className: [VERBATIM_CLASS] } }
  }
}
