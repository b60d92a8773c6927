/** What is selected within one message of the page. */

export interface Selected {
  messageId: string
  role: "user" | "assistant"
  /** Within the words of the message. */
  range: Range
  /** Place of the part of an answer that holds all of it; null where it is no text of an answer, or of several parts. */
  part: number | null
}

/** Words of messages, as the page marks them: of answers with the place of their part. */
const WORDS = "[data-words]"

const elementOf = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement)

/**
 * The selection, when all of it is of one message in this log and there are words in it; else null. What a triple click
 * takes of the next message is no more than its beginning: it is left out.
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

/** Nothing is selected behind the message; then the range ends with it. */
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
