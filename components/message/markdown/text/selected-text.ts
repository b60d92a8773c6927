/** Selected message content as usable text: formulas as TeX, code with its fences. */

const elementOf = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement)

/** The content of a selection, with formulas as TeX: the text KaTeX renders is unusable. Widens the range. */
export function contentOf(range: Range): { content: DocumentFragment; formulas: number } {
  const within = (node: Node) => elementOf(node)?.closest("[data-tex]")
  // A partly selected formula is copied whole.
  const first = within(range.startContainer)
  const last = within(range.endContainer)
  if (first) range.setStartBefore(first)
  if (last) range.setEndAfter(last)
  const content = range.cloneContents()
  const formulas = content.querySelectorAll<HTMLElement>("[data-tex]")
  for (const formula of formulas) {
    const mark = formula.querySelector(".katex-display") ? "$$" : "$"
    formula.replaceWith(`${mark}${formula.dataset.tex ?? ""}${mark}`)
  }
  return { content, formulas: formulas.length }
}

/**
 * Inserts the content into the page offscreen so that it is laid out and paragraphs become lines. The caller removes
 * it.
 */
export function renderOffscreen(content: DocumentFragment): HTMLElement {
  const copy = document.createElement("div")
  copy.append(content)
  for (const control of copy.querySelectorAll("button")) control.remove()
  copy.style.cssText = "position:fixed;left:-200vw;white-space:pre-wrap"
  document.body.append(copy)
  return copy
}

/** A selection as equivalent Markdown: formulas, code and lists in their syntax; no other markup. */
export function selectedMarkdown(selected: Range): string {
  const range = selected.cloneRange()
  const code = elementOf(range.commonAncestorContainer)?.closest<HTMLElement>("pre.code, .inline-code")
  if (code?.matches("pre")) return fenced(range.toString(), code.dataset.language)
  if (code) return ticked(range.toString())
  const { content } = contentOf(range)
  for (const inline of content.querySelectorAll(".inline-code")) inline.replaceWith(ticked(inline.textContent ?? ""))
  for (const bar of content.querySelectorAll(".part-bar")) bar.remove()
  for (const block of content.querySelectorAll<HTMLElement>("pre.code"))
    block.replaceChildren(fenced(block.textContent ?? "", block.dataset.language))
  for (const item of content.querySelectorAll("li")) item.prepend(`${markOf(item)} `)
  const copy = renderOffscreen(content)
  const text = copy.innerText
  copy.remove()
  return text.replace(/\n{3,}/g, "\n\n").trim()
}

function markOf(item: HTMLLIElement): string {
  const list = item.parentElement
  if (!(list instanceof HTMLOListElement)) return "-"
  const place = [...list.children].indexOf(item)
  return `${list.start + place}.`
}

/** Fences longer than any inside the code. */
function fenced(code: string, language = ""): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${code.replace(/^\n+|\n+$/g, "")}\n${fence}`
}

function ticked(code: string): string {
  const ticks = "`".repeat(Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const room = code.startsWith("`") || code.endsWith("`") ? " " : ""
  return `${ticks}${room}${code}${room}${ticks}`
}
