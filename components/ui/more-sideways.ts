/**
 * Notes at a part that scrolls sideways on which sides of the view there is more of it, as `data-more="left right"`: its
 * edges fade there (globals.css). Returns how to look again, and how to end.
 */
export function noteMoreSideways(part: HTMLElement): { look: () => void; end: () => void } {
  const look = () => {
    const before = Math.abs(part.scrollLeft) > 1
    const behind = part.scrollWidth - part.clientWidth - Math.abs(part.scrollLeft) > 1
    const [left, right] = getComputedStyle(part).direction === "rtl" ? [behind, before] : [before, behind]
    part.dataset.more = [left && "left", right && "right"].filter(Boolean).join(" ")
  }
  part.addEventListener("scroll", look, { passive: true })
  return { look, end: () => part.removeEventListener("scroll", look) }
}

/** For a part that scrolls sideways, as its `ref`. */
export function hintMoreSideways(part: HTMLElement | null): (() => void) | undefined {
  if (!part) return
  const { look, end } = noteMoreSideways(part)
  const observer = new ResizeObserver(look)
  observer.observe(part)
  for (const child of part.children) observer.observe(child)
  return () => {
    observer.disconnect()
    end()
  }
}
