/** Counts the turns of the event loop until `end`. */
export function watchLoop(): { end: () => number } {
  let turns = 0
  let ended = false
  const count = () => {
    turns++
    if (!ended) setImmediate(count)
  }
  setImmediate(count)
  return {
    end: () => {
      ended = true
      return turns
    },
  }
}
