/** HTML as Markdown: headings, lists, tables, links. Nothing in it is executed or loaded. */
import rehypeParse from "rehype-parse"
import rehypeRemark from "rehype-remark"
import remarkGfm from "remark-gfm"
import remarkStringify from "remark-stringify"
import { unified } from "unified"
import { dataAddressesIn } from "@/lib/documents/read/data-addresses"
import { piecesOf } from "@/lib/documents/read/pages"
import { Unreadable } from "@/lib/documents/read/unreadable"
import type { ReadDocument } from "@/lib/documents/types"

interface Node {
  type: string
  tagName?: string
  children?: Node[]
}

/** Elements without readable text: scripts, styles, and embedded content. */
const MUTE: ReadonlySet<string> = new Set([
  ...["script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed", "canvas"],
  ...["img", "picture", "video", "audio", "form", "input", "button", "select", "dialog"],
])

/** Nesting limit for elements. */
const MAX_DEPTH = 400

/** The tree without non-text elements; counts images. Excessive nesting is cut off: no real document has it. */
function speaking(node: Node, found: { images: number }, depth = 0): Node {
  const children = (node.children ?? []).flatMap((child) => {
    if (child.tagName === "img") found.images++
    const keeps = !(child.tagName && MUTE.has(child.tagName) && child.tagName !== "form") && child.type !== "comment"
    return keeps && depth < MAX_DEPTH ? [speaking(child, found, depth + 1)] : []
  })
  if (node.tagName === "table" && !holds(children, "th")) promoteFirst(children)
  return node.children ? { ...node, children } : node
}

const holds = (nodes: Node[], name: string): boolean =>
  nodes.some(({ tagName, children }) => tagName === name || (children && holds(children, name)))

/** Markdown tables need a header: if there is none, the first row is used. */
function promoteFirst(nodes: Node[]): boolean {
  return nodes.some((node) => {
    if (node.tagName !== "tr") return promoteFirst(node.children ?? [])
    for (const cell of node.children ?? []) if (cell.tagName === "td") cell.tagName = "th"
    return true
  })
}

const processor = unified()
  .use(rehypeParse)
  .use(() => (tree: Node, file) => {
    const found = { images: 0 }
    const spoken = speaking(tree, found)
    file.data.images = found.images
    return spoken
  })
  .use(rehypeRemark)
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, { bullet: "-", rule: "-", emphasis: "*" })

/** Throws `Unreadable` if it is nested too deeply. */
export function markdownOf(html: string): { text: string; images: number } {
  try {
    const file = processor.processSync(html)
    return { text: String(file).trim(), images: Number(file.data.images ?? 0) }
  } catch (error) {
    throw new Unreadable("broken", error)
  }
}

const titleOf = (html: string): string | undefined =>
  /<title[^>]*>([^<]{1,300})<\/title>/i.exec(html)?.[1]?.replace(/\s+/g, " ").trim() || undefined

/** Decodes the file in its declared encoding, else UTF-8. */
export function decodedHtml(bytes: Uint8Array): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048))
  const said = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1]
  try {
    return new TextDecoder(said ?? "utf-8").decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

export function readHtml(bytes: Uint8Array): ReadDocument {
  const html = decodedHtml(bytes)
  const { text, images } = markdownOf(html)
  const inside = dataAddressesIn(html).length
  return {
    title: titleOf(html),
    pages: piecesOf(text),
    notes: [
      ...(/<script[\s>]/i.test(html) ? [{ note: "javascript" } as const] : []),
      ...(images > 0 || inside > 0 ? [{ note: "images", count: Math.max(images, inside), inside } as const] : []),
    ],
  }
}
