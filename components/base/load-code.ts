/** Milliseconds after which code that has not loaded counts as unavailable. */
export const CODE_TIMEOUT_MS = 30_000

/** Whether the error is the bundler's for a script that can't be loaded. */
export const isChunkLoadError = (error: unknown): boolean => error instanceof Error && error.name === "ChunkLoadError"

/**
 * Loads a part of the page's code. A script that arrives without its content, because the connection broke in its
 * header or from a captive portal, never fails: the bundler waits forever. Here that counts as not loaded
 * (`isChunkLoadError`) after 30 seconds.
 */
export function loadCode<T>(load: () => Promise<T>, timeoutMs = CODE_TIMEOUT_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new Error("loading this code timed out")
      error.name = "ChunkLoadError"
      reject(error)
    }, timeoutMs)
    load()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
