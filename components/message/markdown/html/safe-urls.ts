/**
 * What a model's text may reference. Images: only those stored here, since loading any other address would tell its
 * owner about the conversation. Links: web and mail.
 */

/** The subset of a hast node used here. */
export interface HtmlNode {
  type: string
  tagName?: string
  properties?: Record<string, unknown>
  children?: HtmlNode[]
  value?: string
}

/**
 * On a page with the same scheme, a browser resolves `http:/a`, `http:a` and `http:\\a` relative to that page (WHATWG
 * URL, “special relative or authority state”), and strips tabs and line breaks.
 */
const LINK = /^(?:https?:\/\/[^\s/\\?#]|mailto:|tel:)[^\t\n\r]*$/i

/**
 * An allowed link address, or null. Allowed: web addresses with a host, mail, telephone. Not allowed: `javascript:`,
 * `data:`, anything relative to this application.
 */
export function safeLink(address: unknown): string | null {
  return typeof address === "string" && LINK.test(address) && URL.canParse(address) ? address : null
}

/** Pages of this application that an answer may link to: conversations and shares. */
const OWN_PAGE = /^\/(?:c|share)\/[\w-]+$/

/**
 * Whether the address belongs to this application (`origin`) but is not a page that may be linked: its routes have side
 * effects.
 */
export function isAppRoute(address: string, origin: string): boolean {
  const { origin: host, pathname } = new URL(address)
  return host === origin && !OWN_PAGE.test(pathname)
}

/** An image that may be loaded: only our own. */
export const isAppImage = (address: unknown): boolean =>
  typeof address === "string" && /^\/api\/images\/[0-9a-f-]{36}(?:\?share=[\w-]+)?$/.test(address)

/** A rehype plugin: turns every foreign image into a link to it, so that nothing is loaded from elsewhere. */
export function linkExternalImages() {
  return (tree: HtmlNode): void => visit(tree, false)
}

function visit(node: HtmlNode, inLink: boolean): void {
  for (const child of node.children ?? []) {
    if (child.tagName === "img" && !isAppImage(child.properties?.src)) toLink(child, inLink)
    else visit(child, inLink || child.tagName === "a")
  }
}

/** Inside a link (a badge), its alt text becomes the link's text. */
function toLink(image: HtmlNode, inLink: boolean): void {
  const { src, alt } = image.properties ?? {}
  const href = inLink ? null : safeLink(src)
  const text = typeof alt === "string" && alt ? alt : typeof src === "string" && safeLink(src) ? src : "picture"
  image.tagName = href ? "a" : "span"
  image.properties = href ? { href, dataPicture: true } : {}
  image.children = [{ type: "text", value: text }]
}
