/** The visible text of an answer part, and the position of the selection in it. */

export interface VisibleText {
  text: string
  /** Start and end of the selection in it. */
  from: number
  to: number
  /** Positions of formulas, as their source. */
  formulas: [from: number, to: number][]
}

/** Elements on the page that are in no source: buttons, labels, footnote numbers. */
const LEFT_OUT = "button, svg, .part-bar, .sr-only, [data-footnote-ref], [data-footnote-backref], [role='note']"
/** Block elements. */
const BLOCKS = "p, li, td, th, h3, h4, h5, h6, pre, div, section, blockquote, dt, dd, summary"

/** Reads a part of the page; widens `range` to whole formulas. */
export function visibleText(part: HTMLElement, range: Range): VisibleText {
  const visible: VisibleText = { text: "", from: -1, to: -1, formulas: [] }
  let block: Element | null = null
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT
    if (node.matches(LEFT_OUT)) return NodeFilter.FILTER_REJECT
    // A formula is taken whole, since its content is rendered.
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

/** The selected characters of a text node; null when there are none. */
function selectedOf(node: Text, range: Range): [number, number] | null {
  if (!range.intersectsNode(node)) return null
  const from = node === range.startContainer ? range.startOffset : 0
  const to = node === range.endContainer ? range.endOffset : node.length
  return from < to ? [from, to] : null
}
