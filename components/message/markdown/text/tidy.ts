/** Transformations of an answer's HTML tree after sanitizing. Pure rehype plugins. */
import type { HtmlNode } from "@/components/message/markdown/html/safe-urls"

/** Attributes that refer to elements by id. */
const REFERENCES = ["ariaDescribedBy", "ariaLabelledBy", "htmlFor"]

/**
 * Prefixes every id of an answer, and references to it: `[^1]` in two messages are two notes, and a model can't write
 * an id that collides with the page's.
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
/** Always left to right. */
const CODE = new Set(["pre", "code", "kbd", "samp"])

/**
 * Gives each block the direction of its first strong letter. Only outermost blocks: nested ones follow (markdown.css
 * handles items and cells), and a browser would not look into inner ones.
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

/** Drops footnotes without text, whether it is still to come or missing. */
export function removeEmptyFootnotes() {
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

/** A note's text without its back link. */
function textOf(node: HtmlNode): string {
  if (node.properties?.dataFootnoteBackref !== undefined) return ""
  return (node.value ?? "").trim() + (node.children ?? []).map(textOf).join("")
}

function walk(node: HtmlNode, visit: (node: HtmlNode) => void): void {
  visit(node)
  for (const child of node.children ?? []) walk(child, visit)
}
