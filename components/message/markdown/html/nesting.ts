/**
 * A tree that a browser's parser reads as it stands: what it would repair is repaired here, else the page that the
 * server sends and the page that React expects differ. A rehype plugin, pure.
 */
import type { HtmlNode } from "@/components/message/markdown/html/safe-urls"

/** Their start tag ends an open paragraph (HTML, “in body”). */
const END_PARAGRAPH = new Set(
  (
    "blockquote center details div dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table " +
    "ul"
  ).split(" "),
)
const HEADING = /^h[1-6]$/
/** What stands in them is parsed anew: no paragraph around them is open there. */
const SCOPES = new Set(["caption", "td", "th"])

/** The start tag of one ends an open one of its kind, unless another block stands between. */
const ITEMS = new Map([
  ["li", "li"],
  ["dd", "term"],
  ["dt", "term"],
])

interface Around {
  link: boolean
  /** The kind of item that is open. */
  item: string | null
  paragraph: HtmlNode | null
}

export function validNesting() {
  return (tree: HtmlNode): void => nest(tree, { link: false, item: null, paragraph: null })
}

function nest(node: HtmlNode, around: Around): void {
  // Left over where a block stood within a paragraph.
  node.children = node.children?.filter(({ tagName, children }) => tagName !== "p" || children?.length !== 0)
  for (const child of node.children ?? []) {
    const { tagName } = child
    if (!tagName) continue
    if (tagName === "font") become(child, "span")
    if (tagName === "a" && around.link) become(child, "span")
    if (HEADING.test(tagName) && HEADING.test(node.tagName ?? "")) become(child, "span")
    const kind = ITEMS.get(tagName) ?? null
    if (kind && kind === around.item) become(child, "div")
    let { paragraph } = around
    if (paragraph && END_PARAGRAPH.has(child.tagName ?? "")) {
      paragraph.tagName = "div"
      paragraph = null
    }
    if (child.tagName === "p") paragraph = child
    else if (SCOPES.has(tagName)) paragraph = null
    const transparent = child.tagName === "div" || child.tagName === "p" || !END_PARAGRAPH.has(tagName)
    const item = kind ?? (transparent && !SCOPES.has(tagName) ? around.item : null)
    nest(child, { link: around.link || child.tagName === "a", item, paragraph })
  }
}

function become(node: HtmlNode, tagName: string): void {
  node.tagName = tagName
  node.properties = {}
}
