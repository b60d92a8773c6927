/** Shows where in a source a value comes from, with the quote highlighted. */
import { openAtPage } from "@/components/documents/open-at-page"
import type { ValueSource } from "@/lib/messages/sources.types"
import { QuotableText } from "@/lib/output/answer/find-quote"

const NAME = "source-passage"
/** Milliseconds until the highlight is removed. */
const SHOWN_MS = 8_000

export function showSource({ quote, place }: ValueSource): void {
  if (place?.kind === "document") void openAtPage(place.documentId, place.page, quote)
  else if (place) markIn(place.messageId, quote)
}

let shown = 0

/** Scrolls to the quote in a message and highlights it for a while. */
function markIn(messageId: string, quote: string): void {
  const own = document.querySelectorAll<HTMLElement>(`article[data-message-id="${CSS.escape(messageId)}"]`)
  // In a copy of the chat, message ids differ.
  const asked = own.length > 0 ? own : document.querySelectorAll<HTMLElement>('article[data-role="user"]')
  const places = [...asked].map((article) => ({ article, range: rangeOf(article, quote) }))
  const { article, range } = places.find((place) => place.range) ?? places[0] ?? {}
  if (!article) return
  const target = range?.startContainer.parentElement ?? article
  target.scrollIntoView({ block: "center" })
  article.tabIndex = -1
  article.focus({ preventScroll: true })
  if (!range || !("highlights" in CSS)) return
  CSS.highlights.set(NAME, new Highlight(range))
  clearTimeout(shown)
  shown = window.setTimeout(() => CSS.highlights.delete(NAME), SHOWN_MS)
}

function rangeOf(element: HTMLElement, quote: string): Range | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes: { node: Node; from: number }[] = []
  let text = ""
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, from: text.length })
    text += node.textContent ?? ""
  }
  const found = new QuotableText(text).find(quote)
  if (!found) return null
  const range = document.createRange()
  const place = (at: number) => nodes.findLast(({ from }) => from <= at)
  const [start, end] = [place(found.start), place(found.start + found.length - 1)]
  if (!start || !end) return null
  range.setStart(start.node, found.start - start.from)
  range.setEnd(end.node, found.start + found.length - end.from)
  return range
}
