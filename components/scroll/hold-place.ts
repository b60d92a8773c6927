/** Keeps an element in place in the view while its surroundings change height. */

/** Frames allowed for the surroundings to render, each of which may move it. */
const MAX_FRAMES = 60
const STEADY_FRAMES = 4

/** Events by which the user takes over scrolling. */
const TAKING_OVER = ["wheel", "touchmove", "pointerdown", "keydown"] as const

/** The hold still in progress: there is only one at a time. */
let settling = new AbortController()

/**
 * Calls `correct` each frame until its result, the movement in pixels, stays below one for several frames, until the
 * next hold, or until the reader interacts. `onSettled` is called in the first case, and on timeout.
 */
export function holdScrollPosition(correct: () => number | null, onSettled: () => void = () => undefined): void {
  settling.abort()
  settling = new AbortController()
  const { signal } = settling
  const takeOver = settling.abort.bind(settling)
  for (const type of TAKING_OVER) window.addEventListener(type, takeOver, { signal, passive: true, capture: true })
  let steady = 0
  let frames = 0
  const step = () => {
    if (signal.aborted) return
    const moved = correct()
    if (moved === null) return takeOver()
    steady = Math.abs(moved) < 1 ? steady + 1 : 0
    if (steady < STEADY_FRAMES && ++frames < MAX_FRAMES) requestAnimationFrame(step)
    else {
      takeOver()
      onSettled()
    }
  }
  step()
}
