/**
 * A tree that a browser's parser reads as it stands: what it would repair is repaired here, else the page that the
 * server sends and the page that React expects differ. A rehype plugin, pure.
 */
import type { HtmlNode } from "@/components/message/safe-urls"

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

interface Around {
  link: boolean
  paragraph: HtmlNode | null
}

export function validNesting() {
  return (tree: HtmlNode): void => nest(tree, { link: false, paragraph: null })
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
    let { paragraph } = around
    if (paragraph && END_PARAGRAPH.has(child.tagName ?? "")) {
      paragraph.tagName = "div"
      paragraph = null
    }
    if (child.tagName === "p") paragraph = child
    else if (SCOPES.has(tagName)) paragraph = null
    nest(child, { link: around.link || child.tagName === "a", paragraph })
  }
}

function become(node: HtmlNode, tagName: string): void {
  node.tagName = tagName
  node.properties = {}
}
