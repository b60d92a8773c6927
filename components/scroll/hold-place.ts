/** Keeping something where it is in the view while what is around it still changes its height. */

/** Frames that the surroundings get to be drawn, each of which may move it. */
const MOST_FRAMES = 60
const STEADY_FRAMES = 4

/** What a person does that takes the view elsewhere, or is about to. */
const TAKING_OVER = ["wheel", "touchmove", "pointerdown", "keydown"] as const

/** The hold that is still settling: there is one at a time. */
let settling = new AbortController()

/**
 * Calls `correct` each frame until it has moved the view by less than a pixel (its result) for some frames, until the
 * next hold, or until the reader does something. `onSettled` is called in the first case, and when it takes too long.
 */
export function holdPlace(correct: () => number | null, onSettled: () => void = () => undefined): void {
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
    if (steady < STEADY_FRAMES && ++frames < MOST_FRAMES) requestAnimationFrame(step)
    else {
      takeOver()
      onSettled()
    }
  }
  step()
}
