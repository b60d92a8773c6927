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

const LINK = /^(?:https?:|mailto:)/i

/** An address that a link may have, or null: no `javascript:`, no `data:`, nothing relative to this application. */
export function safeLink(address: unknown): string | null {
  return typeof address === "string" && LINK.test(address) && URL.canParse(address) ? address : null
}

/** A picture that may be loaded: one of ours. */
export const isOwnImage = (address: unknown): boolean =>
  typeof address === "string" && /^\/api\/images\/[0-9a-f-]{36}(?:\?share=[\w-]+)?$/.test(address)

/** A rehype plugin: every picture that is not ours becomes a link to it, so that nothing is loaded from elsewhere. */
export function linkForeignImages() {
  return (tree: HtmlNode): void => visit(tree)
}

function visit(node: HtmlNode): void {
  for (const child of node.children ?? []) {
    if (child.tagName === "img" && !isOwnImage(child.properties?.src)) toLink(child)
    else visit(child)
  }
}

function toLink(image: HtmlNode): void {
  const { src, alt } = image.properties ?? {}
  const href = safeLink(src)
  const text = typeof alt === "string" && alt ? alt : typeof src === "string" && href ? src : "picture"
  image.tagName = href ? "a" : "span"
  image.properties = href ? { href, dataPicture: true } : {}
  image.children = [{ type: "text", value: text }]
}
