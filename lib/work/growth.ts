/** How much the process grows: what a thread takes beside JavaScript's heap no limit of Node's counts. */

const EVERY_MS = 25

/**
 * Calls `over` once when the process has grown by more than so many megabytes. Returns what ends the watch. What others have
 * given back meanwhile is not to be taken: of several, all together grow by that.
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
