/** Watches the growth of the process: Node's limits don't cover what a thread uses outside the JavaScript heap. */

const EVERY_MS = 25

/**
 * Calls `over` once when the process has grown by `mostMb()` megabytes above its lowest size since the start, so memory
 * that others have freed doesn't extend the limit: several tasks share the total. Returns a function that ends the
 * watch.
 */
export function watchGrowth(mostMb: () => number, over: () => void): () => void {
  let least = process.memoryUsage.rss()
  const timer = setInterval(() => {
    const now = process.memoryUsage.rss()
    least = Math.min(least, now)
    if (now - least < mostMb() * 1_000_000) return
    clearInterval(timer)
    over()
  }, EVERY_MS).unref()
  return () => clearInterval(timer)
}
