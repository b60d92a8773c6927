import type { ClipboardEvent } from "react"

/** A selection is copied with its formulas as TeX: what KaTeX draws is no text that anybody can use. */
export function copyFormulas(event: ClipboardEvent<HTMLElement>): void {
  const selection = document.getSelection()
  if (!selection || selection.rangeCount === 0) return
  const range = selection.getRangeAt(0)
  const within = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest("[data-tex]")
  // A part of a formula is copied as the whole of it.
  const first = within(range.startContainer)
  const last = within(range.endContainer)
  if (first) range.setStartBefore(first)
  if (last) range.setEndAfter(last)
  const content = range.cloneContents()
  const formulas = content.querySelectorAll<HTMLElement>("[data-tex]")
  if (formulas.length === 0) return
  for (const formula of formulas) {
    const mark = formula.querySelector(".katex-display") ? "$$" : "$"
    formula.replaceWith(`${mark}${formula.dataset.tex ?? ""}${mark}`)
  }
  const copy = document.createElement("div")
  copy.append(content)
  for (const control of copy.querySelectorAll("button")) control.remove()
  // Laid out, so that paragraphs become lines.
  copy.style.cssText = "position:fixed;left:-200vw;white-space:pre-wrap"
  document.body.append(copy)
  event.clipboardData.setData("text/plain", copy.innerText)
  event.clipboardData.setData("text/html", copy.innerHTML)
  copy.remove()
  event.preventDefault()
}
