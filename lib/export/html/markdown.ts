/**
 * Renders an answer's Markdown as HTML for a standalone file: nothing in it runs or loads. HTML written by a model
 * stays text, images become links, formulas MathML. Runs in a worker thread.
 */
import katex from "katex"
import type { Nodes, Root } from "mdast"
import remarkGfm from "remark-gfm"
import remarkMath from "remark-math"
import remarkParse from "remark-parse"
import { unified } from "unified"
import { escaped, safeLink } from "@/lib/export/html/escape"

/** Maximum nesting of lists and quotations; deeper levels are shown as source. */
const DEEPEST = 40

export function markdownHtml(markdown: string): string {
  const text = withDollars(markdown)
  const tree: Root = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkMath, { singleDollarTextMath: false })
    .parse(text)
  const definitions = new Map(
    tree.children.flatMap((node) => (node.type === "definition" ? [[node.identifier, node.url] as const] : [])),
  )
  return new Writer(definitions, text).all(tree.children, 0)
}

/** Converts formulas in `\(…\)` and `\[…\]`, as most models write them, outside of code. */
const withDollars = (markdown: string): string =>
  markdown
    .split(/(^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\2[`~]*\s*$|$(?![\s\S]))|`[^`\n]+`)/m)
    .map((piece, place) => {
      if (place % 3 === 2) return ""
      if (place % 3 === 1 || piece === undefined) return piece ?? ""
      return piece
        .replace(/\\\[([^\0]{1,5000}?)\\\]/g, (_, tex) => `\n$$\n${String(tex).trim()}\n$$\n`)
        .replace(/\\\(([^\n]{1,2000}?)\\\)/g, (_, tex) => `$$${String(tex).trim()}$$`)
    })
    .join("")

class Writer {
  constructor(
    private readonly definitions: Map<string, string>,
    private readonly text: string,
  ) {}

  all(nodes: Nodes[], depth: number): string {
    return nodes.map((node) => this.one(node, depth)).join("")
  }

  private one(node: Nodes, depth: number): string {
    const inner = () => {
      if (!("children" in node)) return ""
      return depth < DEEPEST ? this.all(node.children, depth + 1) : escaped(this.written(node.children))
    }
    switch (node.type) {
      case "text":
        return escaped(node.value)
      case "paragraph":
        return `<p>${inner()}</p>\n`
      case "heading":
        // The file's own headings are on higher levels.
        return `<h${Math.min(6, node.depth + 2)}>${inner()}</h${Math.min(6, node.depth + 2)}>\n`
      case "strong":
      case "emphasis":
      case "delete": {
        const tag = { strong: "strong", emphasis: "em", delete: "del" }[node.type]
        return `<${tag}>${inner()}</${tag}>`
      }
      case "break":
        return "<br>\n"
      case "thematicBreak":
        return "<hr>\n"
      case "inlineCode":
        return `<code>${escaped(node.value)}</code>`
      case "code":
        return `<pre><code>${escaped(node.value)}</code></pre>\n`
      // Shown as source.
      case "html":
        return escaped(node.value)
      case "blockquote":
        return `<blockquote>\n${inner()}</blockquote>\n`
      case "list":
        return node.ordered
          ? `<ol${node.start && node.start !== 1 ? ` start="${Number(node.start)}"` : ""}>\n${inner()}</ol>\n`
          : `<ul>\n${inner()}</ul>\n`
      case "listItem":
        return `<li>${typeof node.checked === "boolean" ? (node.checked ? "☑ " : "☐ ") : ""}${inner()}</li>\n`
      case "link":
        return link(node.url, inner())
      case "linkReference":
        return link(this.definitions.get(node.identifier) ?? "", inner())
      case "image":
        return link(node.url, escaped(node.alt || node.url))
      case "imageReference":
        return link(this.definitions.get(node.identifier) ?? "", escaped(node.alt ?? ""))
      case "table":
        return `<div class="table"><table>\n${node.children.map((row, at) => this.row(row, { head: at === 0, align: node.align ?? [], depth })).join("")}</table></div>\n`
      case "footnoteReference":
        return `<sup>[${escaped(node.label ?? node.identifier)}]</sup>`
      case "footnoteDefinition":
        return `<div class="note"><sup>[${escaped(node.label ?? node.identifier)}]</sup> ${inner()}</div>\n`
      case "inlineMath":
        return formula(node.value, false)
      case "math":
        return `<div class="math">${formula(node.value, true)}</div>\n`
      default:
        return inner()
    }
  }

  /** The nodes' source text. */
  private written(nodes: Nodes[]): string {
    const [begin, end] = [nodes[0]?.position?.start.offset, nodes.at(-1)?.position?.end.offset]
    return begin === undefined ? "" : this.text.slice(begin, end)
  }

  private row(
    row: Extract<Nodes, { type: "tableRow" }>,
    { head, align, depth }: { head: boolean; align: (string | null | undefined)[]; depth: number },
  ): string {
    const tag = head ? "th" : "td"
    const cells = row.children.map((cell, at) => {
      const side = align[at]
      return `<${tag}${side ? ` class="${side}"` : ""}>${this.all(cell.children, depth + 1)}</${tag}>`
    })
    return `<tr>${cells.join("")}</tr>\n`
  }
}

const link = (url: string, inner: string): string => {
  const address = safeLink(url)
  return address ? `<a href="${escaped(address)}" rel="noreferrer">${inner}</a>` : inner
}

/** Limits the expansion of a formula. */
const BOUNDS = { maxSize: 50, maxExpand: 500 }

function formula(tex: string, displayMode: boolean): string {
  try {
    return katex.renderToString(tex, { ...BOUNDS, displayMode, output: "mathml", throwOnError: true, trust: false })
  } catch {
    return `<code>${escaped(tex)}</code>`
  }
}
