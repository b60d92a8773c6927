/** A selection within one message on the page. */

export interface Selected {
  messageId: string
  role: "user" | "assistant"
  /** Limited to the message's text. */
  range: Range
  /** Index of the answer part containing all of it; null outside of answer text or across several parts. */
  part: number | null
}

/** Elements with message text; in answers with the index of their part. */
const WORDS = "[data-words]"

const elementOf = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement)

/**
 * The selection if all of it is in one message of this log and contains text; else null. The start of the next message,
 * which a triple click includes, is cut off.
 */
export function selectedIn(log: HTMLElement | null, selection = document.getSelection()): Selected | null {
  if (!log || !selection || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0).cloneRange()
  const article = elementOf(range.startContainer)?.closest<HTMLElement>("article[data-message-id]")
  if (!article || !log.contains(article)) return null
  if (!article.contains(range.endContainer) && !endsWithin(article, range)) return null
  const words = [...article.querySelectorAll<HTMLElement>(WORDS)].filter((element) => range.intersectsNode(element))
  const [first] = words
  const last = words.at(-1)
  if (!first || !last) return null
  clamp(range, first, last)
  if (range.toString().trim() === "" && !range.cloneContents().querySelector("[data-tex]")) return null
  const { messageId = "", role } = article.dataset
  const part = first === last ? first.dataset.words : undefined
  return {
    messageId,
    role: role === "user" ? "user" : "assistant",
    range,
    part: part ? Number(part) : null,
  }
}

/** Ends the range at the message's end; false if text after the message is selected too. */
function endsWithin(article: HTMLElement, range: Range): boolean {
  const behind = range.cloneRange()
  behind.setStartAfter(article)
  if (behind.toString().trim() !== "") return false
  range.setEnd(article, article.childNodes.length)
  return true
}

function clamp(range: Range, first: HTMLElement, last: HTMLElement): void {
  if (!first.contains(range.startContainer)) range.setStart(first, 0)
  if (!last.contains(range.endContainer)) range.setEnd(last, last.childNodes.length)
}
