/** Highlights texts without changing the DOM, so that the preview stays as readers will see it. */
import { type RefObject, useEffect } from "react"

const NAME = "likely-secret"
/** Maximum texts searched for. */
const MOST = 300

/** Highlights these texts in `root`, including content rendered later. Does nothing in browsers without support. */
export function useHighlights(root: RefObject<HTMLElement | null>, texts: readonly string[]): void {
  useEffect(() => {
    const element = root.current
    if (!element || !("highlights" in CSS) || texts.length === 0) return
    let frame = 0
    const mark = () => {
      frame = 0
      CSS.highlights.set(NAME, new Highlight(...rangesOf(element, texts.slice(0, MOST))))
    }
    const later = () => {
      frame ||= requestAnimationFrame(mark)
    }
    const observer = new MutationObserver(later)
    observer.observe(element, { childList: true, subtree: true, characterData: true })
    later()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      CSS.highlights.delete(NAME)
    }
  }, [root, texts])
}

/** The positions of the texts: a highlighted line of code spans many nodes. */
function rangesOf(root: Element, texts: readonly string[]): Range[] {
  const ranges: Range[] = []
  for (const article of root.querySelectorAll("article, [data-shared-title], [data-system-prompt]")) {
    const nodes: { node: Text; start: number }[] = []
    let whole = ""
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node instanceof Text) {
        nodes.push({ node, start: whole.length })
        whole += node.data
      }
    for (const text of texts)
      for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + text.length)) {
        const range = document.createRange()
        const [first, last] = [placeIn(nodes, at), placeIn(nodes, at + text.length - 1)]
        if (!first || !last) continue
        range.setStart(first.node, first.offset)
        range.setEnd(last.node, last.offset + 1)
        ranges.push(range)
      }
  }
  return ranges
}

function placeIn(nodes: { node: Text; start: number }[], at: number) {
  const found = nodes[nodes.findLastIndex(({ start }) => start <= at)]
  return found && { node: found.node, offset: at - found.start }
}
