/**
 * Pages are rendered in this thread: only a few at a time, so that many concurrent requests don't stall the answers
 * being streamed.
 */
const AT_ONCE = 2
/** Milliseconds after which an unfinished page (waiting for something, or for a slow client) gives up its slot. */
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
    // In a separate turn of the event loop.
    if (next) setImmediate(begin, next)
    else drawing--
  }
  const timer = setTimeout(end, LONGEST_MS)
  response.once("close", end)
  if (response.destroyed) end()
  else draw()
}

/** Renders a page when a slot is free. */
export function inTurn(response, draw) {
  if (drawing >= AT_ONCE) return void waiting.push({ response, draw })
  drawing++
  begin({ response, draw })
}
