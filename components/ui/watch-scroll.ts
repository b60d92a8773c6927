/** Calls `look` now, when the part is scrolled, and when its size changes. Returns how to end. */
export function watchScroll(part: HTMLElement, look: () => void): () => void {
  look()
  part.addEventListener("scroll", look, { passive: true })
  const sizes = new ResizeObserver(look)
  sizes.observe(part)
  return () => {
    part.removeEventListener("scroll", look)
    sizes.disconnect()
  }
}
