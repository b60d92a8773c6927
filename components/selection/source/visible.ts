/** What a part of an answer shows, as one text, and where the selection lies in it. */

export interface VisibleText {
  text: string
  /** Where the selection begins and ends in it. */
  from: number
  to: number
  /** Where formulas stand, as their source. */
  formulas: [from: number, to: number][]
}

/** What is on the page and in no source: buttons, labels, numbers of footnotes. */
const LEFT_OUT = "button, svg, .part-bar, .sr-only, [data-footnote-ref], [data-footnote-backref], [role='note']"
/** What stands on lines of its own. */
const BLOCKS = "p, li, td, th, h3, h4, h5, h6, pre, div, section, blockquote, dt, dd, summary"

/** Reads a part of the page; `range` is widened to whole formulas. */
export function visibleText(part: HTMLElement, range: Range): VisibleText {
  const visible: VisibleText = { text: "", from: -1, to: -1, formulas: [] }
  let block: Element | null = null
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT
    if (node.matches(LEFT_OUT)) return NodeFilter.FILTER_REJECT
    // A formula is taken as a whole, its insides are drawn.
    return node.parentElement?.closest("[data-tex]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  })
  const add = (text: string, selected: [number, number] | null) => {
    if (selected) {
      if (visible.from < 0) visible.from = visible.text.length + selected[0]
      visible.to = visible.text.length + selected[1]
    }
    visible.text += text
  }
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const formula = node instanceof HTMLElement ? node.dataset.tex : undefined
    const owner = (node instanceof Element ? node : node.parentElement)?.closest(BLOCKS) ?? null
    if (formula === undefined && !(node instanceof Text)) continue
    if (node instanceof Text && node.parentElement?.closest("[data-tex]")) continue
    if (owner !== block && visible.text !== "") visible.text += "\n"
    block = owner
    if (node instanceof Text) add(node.data, selectedOf(node, range))
    else if (formula !== undefined) {
      visible.formulas.push([visible.text.length, visible.text.length + formula.length])
      add(formula, range.intersectsNode(node) ? [0, formula.length] : null)
    }
  }
  return visible
}

/** Which characters of a text are selected; null when none are. */
function selectedOf(node: Text, range: Range): [number, number] | null {
  if (!range.intersectsNode(node)) return null
  const from = node === range.startContainer ? range.startOffset : 0
  const to = node === range.endContainer ? range.endOffset : node.length
  return from < to ? [from, to] : null
}
