/** Calls `look` immediately, on scroll, and on resize. Returns a function to stop. */
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
