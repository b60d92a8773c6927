/**
 * What a model's text may point at. Pictures: only those stored here, since loading any other address would tell
 * its owner what is being talked about. Links: the web and mail.
 */

/** The part of a hast node that is read here. */
export interface HtmlNode {
  type: string
  tagName?: string
  properties?: Record<string, unknown>
  children?: HtmlNode[]
  value?: string
}

/**
 * A browser reads `http:/a`, `http:a` and `http:\\a` on a page of the same scheme as addresses of that page (WHATWG URL,
 * “special relative or authority state”), and leaves out tabs and line breaks.
 */
const LINK = /^(?:https?:\/\/[^\s/\\?#]|mailto:|tel:)[^\t\n\r]*$/i

/**
 * An address that a link may have, or null: the web with its host, mail, telephone. No `javascript:`, no `data:`, nothing
 * relative to this application.
 */
export function safeLink(address: unknown): string | null {
  return typeof address === "string" && LINK.test(address) && URL.canParse(address) ? address : null
}

/** Pages of ours that an answer may link to: conversations and what is shared. */
const OWN_PAGE = /^\/(?:c|share)\/[\w-]+$/

/** The address is one of this application (`origin`), and none of its pages that may be linked: its routes act. */
export function isOwnRoute(address: string, origin: string): boolean {
  const { origin: host, pathname } = new URL(address)
  return host === origin && !OWN_PAGE.test(pathname)
}

/** A picture that may be loaded: one of ours. */
export const isOwnImage = (address: unknown): boolean =>
  typeof address === "string" && /^\/api\/images\/[0-9a-f-]{36}(?:\?share=[\w-]+)?$/.test(address)

/** A rehype plugin: every picture that is not ours becomes a link to it, so that nothing is loaded from elsewhere. */
export function linkForeignImages() {
  return (tree: HtmlNode): void => visit(tree, false)
}

function visit(node: HtmlNode, inLink: boolean): void {
  for (const child of node.children ?? []) {
    if (child.tagName === "img" && !isOwnImage(child.properties?.src)) toLink(child, inLink)
    else visit(child, inLink || child.tagName === "a")
  }
}

/** Within a link (a badge) its words are words of that link. */
function toLink(image: HtmlNode, inLink: boolean): void {
  const { src, alt } = image.properties ?? {}
  const href = inLink ? null : safeLink(src)
  const text = typeof alt === "string" && alt ? alt : typeof src === "string" && safeLink(src) ? src : "picture"
  image.tagName = href ? "a" : "span"
  image.properties = href ? { href, dataPicture: true } : {}
  image.children = [{ type: "text", value: text }]
}
