/**
 * Marks on which sides a horizontally scrolling element has more content, as `data-more="left right"`: its edges fade
 * there (globals.css). Returns functions to update and to stop.
 */
export function trackHorizontalOverflow(part: HTMLElement): { look: () => void; end: () => void } {
  const look = () => {
    const before = Math.abs(part.scrollLeft) > 1
    const behind = part.scrollWidth - part.clientWidth - Math.abs(part.scrollLeft) > 1
    const [left, right] = getComputedStyle(part).direction === "rtl" ? [behind, before] : [before, behind]
    part.dataset.more = [left && "left", right && "right"].filter(Boolean).join(" ")
  }
  part.addEventListener("scroll", look, { passive: true })
  return { look, end: () => part.removeEventListener("scroll", look) }
}

/** A `ref` callback for a horizontally scrolling element. */
export function horizontalOverflowHint(part: HTMLElement | null): (() => void) | undefined {
  if (!part) return
  const { look, end } = trackHorizontalOverflow(part)
  const observer = new ResizeObserver(look)
  observer.observe(part)
  for (const child of part.children) observer.observe(child)
  return () => {
    observer.disconnect()
    end()
  }
}
