/** What is done to an answer's tree of HTML after it has been sanitized. Pure: rehype plugins. */
import type { HtmlNode } from "@/components/message/markdown/html/safe-urls"

/** Attributes that name elements by their id. */
const REFERENCES = ["ariaDescribedBy", "ariaLabelledBy", "htmlFor"]

/**
 * Gives every id of an answer the answer's own prefix, with what points at it: `[^1]` of two messages are two notes, and
 * no id that a model writes can stand for a part of the page.
 */
export function scopeIds({ prefix }: { prefix: string }) {
  return (tree: HtmlNode): void => walk(tree, (node) => scope(node, prefix))
}

function scope({ properties }: HtmlNode, prefix: string): void {
  if (!properties) return
  const { id, href, name } = properties
  if (id !== undefined) properties.id = `${prefix}${id}`
  if (name !== undefined) properties.name = `${prefix}${name}`
  if (typeof href === "string" && href.startsWith("#")) properties.href = `#${prefix}${href.slice(1)}`
  for (const reference of REFERENCES) {
    const value = properties[reference]
    if (Array.isArray(value)) properties[reference] = value.map((part) => `${prefix}${part}`)
    else if (typeof value === "string") properties[reference] = `${prefix}${value}`
  }
}

const BLOCKS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "table", "summary"])
/** Always from left to right. */
const CODE = new Set(["pre", "code", "kbd", "samp"])

/**
 * Each block has the direction of its own first strong letter. The outermost only: what stands in it follows
 * (markdown.css lays out each item and cell by its own letters), and a browser would not look into inner ones.
 */
export function directBlocks() {
  return (tree: HtmlNode): void => direct(tree)
}

function direct(node: HtmlNode): void {
  for (const child of node.children ?? []) {
    if (child.tagName && CODE.has(child.tagName)) continue
    if (child.tagName && BLOCKS.has(child.tagName)) child.properties = { ...child.properties, dir: "auto" }
    else direct(child)
  }
}

/** A footnote that has no text yet, or never gets one, is no entry. */
export function dropEmptyNotes() {
  return (tree: HtmlNode): void => {
    for (const child of tree.children ?? [])
      if (child.properties?.dataFootnotes !== undefined) {
        const list = child.children?.find(({ tagName }) => tagName === "ol")
        if (!list) continue
        list.children = list.children?.filter((note) => note.tagName !== "li" || textOf(note) !== "")
        if (!list.children?.some(({ tagName }) => tagName === "li")) child.children = []
      }
  }
}

/** The words of a note without its way back. */
function textOf(node: HtmlNode): string {
  if (node.properties?.dataFootnoteBackref !== undefined) return ""
  return (node.value ?? "").trim() + (node.children ?? []).map(textOf).join("")
}

function walk(node: HtmlNode, visit: (node: HtmlNode) => void): void {
  visit(node)
  for (const child of node.children ?? []) walk(child, visit)
}
