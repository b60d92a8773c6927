/**
 * Pages are drawn in this thread: a few at a time, the others wait, so that many that are asked for at once don't stop
 * the answers that are being written.
 */
const AT_ONCE = 2
/** Milliseconds after which one that is not done (it waits for something, or its reader is slow) makes room. */
const LONGEST_MS = 100

let drawing = 0
const waiting = []

function begin({ response, draw }) {
  let done = false
  const end = () => {
    if (done) return
    done = true
    clearTimeout(timer)
    const next = waiting.shift()
    // In a turn of its own.
    if (next) setImmediate(begin, next)
    else drawing--
  }
  const timer = setTimeout(end, LONGEST_MS)
  response.once("close", end)
  if (response.destroyed) end()
  else draw()
}

/** Draws a page when it is its turn. */
export function inTurn(response, draw) {
  if (drawing >= AT_ONCE) return void waiting.push({ response, draw })
  drawing++
  begin({ response, draw })
}
