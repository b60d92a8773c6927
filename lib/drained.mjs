/**
 * Waits until a stream accepts more data, or is closed. Leaves no listeners behind, because a long answer to a slow
 * reader waits thousands of times.
 * @param {import("node:stream").Writable} stream
 * @returns {Promise<void>}
 */
export function drained(stream) {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done)
      resolve()
    }
    stream.once("drain", done).once("close", done)
    if (stream.destroyed) done()
  })
}
