import type { ClipboardEvent } from "react"
import { contentOf, renderOffscreen } from "@/components/message/markdown/text/selected-text"

/** Copies a selection with its formulas as TeX: the text KaTeX renders is unusable when pasted. */
export function copyFormulas(event: ClipboardEvent<HTMLElement>): void {
  const selection = document.getSelection()
  if (!selection || selection.rangeCount === 0) return
  const { content, formulas } = contentOf(selection.getRangeAt(0))
  if (formulas === 0) return
  const copy = renderOffscreen(content)
  event.clipboardData.setData("text/plain", copy.innerText)
  event.clipboardData.setData("text/html", copy.innerHTML)
  copy.remove()
  event.preventDefault()
}
