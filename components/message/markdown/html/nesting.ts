/**
 * Produces a tree that an HTML parser reads unchanged: anything a browser would repair is repaired here, otherwise the
 * server's page and React's expected tree differ on hydration. A rehype plugin, pure.
 */
import type { HtmlNode } from "@/components/message/markdown/html/safe-urls"

/** Elements whose start tag closes an open paragraph (HTML, “in body”). */
const END_PARAGRAPH = new Set(
  (
    "blockquote center details div dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table " +
    "ul"
  ).split(" "),
)
const HEADING = /^h[1-6]$/
/** Elements that start a new parsing scope: no paragraph around them is open inside. */
const SCOPES = new Set(["caption", "td", "th"])

/** Elements whose start tag closes an open one of the same kind, unless another block is in between. */
const ITEMS = new Map([
  ["li", "li"],
  ["dd", "term"],
  ["dt", "term"],
])

interface Around {
  link: boolean
  /** The kind of the open item. */
  item: string | null
  paragraph: HtmlNode | null
}

export function validNesting() {
  return (tree: HtmlNode): void => nest(tree, { link: false, item: null, paragraph: null })
}

function nest(node: HtmlNode, around: Around): void {
  // Left over where a block was inside a paragraph.
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
