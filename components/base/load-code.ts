/** Milliseconds after which code that has not come counts as not to be had. */
export const CODE_TIMEOUT_MS = 30_000

/** Is this what a script that can't be fetched throws? It has the bundler's name for it. */
export const isNotLoaded = (error: unknown): boolean => error instanceof Error && error.name === "ChunkLoadError"

/**
 * Fetches a part of the page's code. A script that arrives without its content, from a connection that broke in its head or
 * a network's sign-in page, never fails by itself: the bundler waits for it forever. Here that counts as not loaded
 * (`isNotLoaded`) after 30 seconds.
 */
export function loadCode<T>(load: () => Promise<T>, timeoutMs = CODE_TIMEOUT_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new Error("this code did not come in time")
      error.name = "ChunkLoadError"
      reject(error)
    }, timeoutMs)
    load()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
