/** How much the process grows: what a thread takes beside JavaScript's heap no limit of Node's counts. */

const EVERY_MS = 100

/** Calls `over` once when the process has grown by more than so many megabytes. Returns what ends the watch. */
export function watchGrowth(mostMb: number, over: () => void): () => void {
  const before = process.memoryUsage.rss()
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() - before < mostMb * 1_000_000) return
    clearInterval(timer)
    over()
  }, EVERY_MS).unref()
  return () => clearInterval(timer)
}
