/** An answer for documents and mail: HTML without anything specific to this app, and the same as plain text. */
import { contentOf, renderOffscreen } from "@/components/message/markdown/text/selected-text"

/** Tags that are kept, with their kept attributes. Of other elements only the content is kept. */
const KEPT: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    ["p", "br", "strong", "b", "em", "i", "del", "s", "u", "ul", "li", "blockquote", "hr", "sup", "sub", "kbd", "mark"]
      .concat(["h1", "h2", "h3", "h4", "h5", "h6", "thead", "tbody", "tr", "dl", "dt", "dd"])
      .map((tag) => [tag, []]),
  ),
  ol: ["start"],
  table: [],
  th: ["colspan", "rowspan"],
  td: ["colspan", "rowspan"],
}
/** Elements only the page needs. */
const OURS =
  "button, svg, script, style, .part-bar, .sr-only, .katex-html, annotation, [aria-hidden='true']:not(.katex-html)"

const MONO = "font-family:Consolas,'Courier New',monospace"
const STYLES: Record<string, string> = {
  pre: `${MONO};white-space:pre-wrap;background:#f4f4f4;padding:8px`,
  code: MONO,
  table: "border-collapse:collapse",
  th: "border:1px solid #bbb;padding:4px 8px;font-weight:bold",
  td: "border:1px solid #bbb;padding:4px 8px",
}

/**
 * The rendered answer as HTML; undefined when nothing is rendered. Without classes, addresses of this app, or anything
 * that loads.
 */
export function richHtml(article: HTMLElement | null): string | undefined {
  const roots = article?.querySelectorAll<HTMLElement>(".markdown") ?? []
  const out = document.implementation.createHTMLDocument("").createElement("div")
  for (const root of roots) out.append(...childrenOf(root, out.ownerDocument))
  return out.textContent?.trim() ? out.innerHTML : undefined
}

function childrenOf(node: Node, to: Document): Node[] {
  return [...node.childNodes].flatMap((child) => copyOf(child, to))
}

function copyOf(node: Node, to: Document): Node[] {
  if (node instanceof Text) return [to.createTextNode(node.data)]
  if (!(node instanceof Element)) return []
  if (node instanceof HTMLElement && node.dataset.tex !== undefined) return formula(node, to)
  if (node.matches(OURS)) return []
  if (node instanceof HTMLInputElement) return [to.createTextNode(node.checked ? "☑ " : "☐ ")]
  if (node instanceof HTMLImageElement) return node.alt ? [to.createTextNode(node.alt)] : []
  if (node.matches("pre")) return [made("pre", to, [made("code", to, [to.createTextNode(node.textContent ?? "")])])]
  if (node.matches("code")) return [made("code", to, [to.createTextNode(node.textContent ?? "")])]
  const children = childrenOf(node, to)
  const href = node instanceof HTMLAnchorElement ? outside(node) : null
  if (href !== null) return [made("a", to, children, { href })]
  const tag = tagOf(node)
  const kept = KEPT[tag]
  if (!kept) return children
  const attributes = Object.fromEntries(kept.flatMap((name) => [[name, node.getAttribute(name) ?? ""]]))
  const copy = made(tag, to, children, attributes)
  if (node instanceof HTMLElement && (tag === "td" || tag === "th")) copy.style.textAlign = alignOf(node)
  return [copy]
}

function made(tag: string, to: Document, children: Node[], attributes: Record<string, string> = {}): HTMLElement {
  const element = to.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value)
  const style = STYLES[tag]
  // Set through the DOM: the page's CSP would block a style attribute.
  if (style) element.style.cssText = style
  element.append(...children)
  return element
}

/** An answer's headings are ranked below the page's own. */
const tagOf = (element: Element): string => {
  const level = element instanceof HTMLElement ? element.dataset.level : undefined
  return /^[1-6]$/.test(level ?? "") ? `h${level}` : element.localName
}

const alignOf = (cell: HTMLElement): string =>
  /^(center|right|left)$/.test(cell.style.textAlign) ? cell.style.textAlign : ""

/** The address of an external link; null for internal links and footnotes. */
function outside({ href, origin, protocol }: HTMLAnchorElement): string | null {
  if (protocol === "mailto:") return href
  return /^https?:$/.test(protocol) && origin !== window.location.origin ? href : null
}

/** MathML, which word processors convert to a formula; where they can't, its characters stay. */
function formula(element: HTMLElement, to: Document): Node[] {
  const math = element.querySelector("math")
  if (!math) return [to.createTextNode(element.dataset.tex ?? "")]
  const copy = to.importNode(math, true)
  for (const annotation of copy.querySelectorAll("annotation")) annotation.remove()
  for (const semantics of copy.querySelectorAll("semantics")) semantics.replaceWith(...semantics.childNodes)
  for (const part of [copy, ...copy.querySelectorAll("*")])
    for (const name of ["class", "style", "href", "id"]) part.removeAttribute(name)
  return element.querySelector(".katex-display") ? [made("p", to, [copy])] : [copy]
}

/**
 * The rendered text without markup: formulas as TeX, lists with their markers, tables with tabs. Empty when nothing is
 * rendered.
 */
export function plainText(article: HTMLElement | null): string {
  const roots = [...(article?.querySelectorAll<HTMLElement>(".markdown") ?? [])]
  return roots
    .map((root) => {
      const range = document.createRange()
      range.selectNodeContents(root)
      const { content } = contentOf(range)
      for (const ours of content.querySelectorAll(".part-bar, .sr-only, svg")) ours.remove()
      for (const item of content.querySelectorAll("li")) item.prepend(markOf(item))
      const copy = renderOffscreen(content)
      const text = copy.innerText
      copy.remove()
      return text.replace(/\n{3,}/g, "\n\n").trim()
    })
    .filter(Boolean)
    .join("\n\n")
}

function markOf(item: HTMLLIElement): string {
  const list = item.parentElement
  return list instanceof HTMLOListElement ? `${list.start + [...list.children].indexOf(item)}. ` : "• "
}
