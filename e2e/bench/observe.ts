/** What is watched from inside a page. `observePage` is sent to the browser as it stands: it uses nothing from outside. */

export interface Observed {
  /** Milliseconds since the navigation. */
  firstPaint: number
  largestPaint: number
  /** Milliseconds of long tasks, beyond the 50 that a task may take. */
  blocking: number
  /** Milliseconds since the navigation until the end of the last message was in view, rendered. */
  lastVisible: number
  elements: number
  /** Since `start`: milliseconds of each frame, and from each key to the paint behind it. */
  frames: number[]
  keys: number[]
  /** Milliseconds since 1970 at which the last message last changed. */
  lastChange: number
  /** Pixels between the view and the end of the conversation as painted, at most, while an answer was written. */
  farthest: number
}

declare global {
  interface Window {
    observed: { start: () => void; read: () => Observed }
  }
}

export function observePage(): void {
  const state: Observed = {
    firstPaint: Number.NaN,
    largestPaint: Number.NaN,
    blocking: 0,
    lastVisible: Number.NaN,
    elements: 0,
    frames: [],
    keys: [],
    lastChange: Number.NaN,
    farthest: 0,
  }
  let started = false
  let shown = 0
  let previous = performance.now()

  new PerformanceObserver((list) => {
    for (const { startTime, name } of list.getEntries())
      if (name === "first-contentful-paint") state.firstPaint = startTime
  }).observe({ type: "paint", buffered: true })
  new PerformanceObserver((list) => {
    state.largestPaint = list.getEntries().at(-1)?.startTime ?? Number.NaN
  }).observe({ type: "largest-contentful-paint", buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) state.blocking += duration - 50
  }).observe({ type: "longtask", buffered: true })

  /** Called in a frame: runs when it has been painted. */
  const afterPaint = (work: () => void) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = work
    channel.port2.postMessage(null)
  }

  const lookAtEnd = () => {
    const last = [...document.querySelectorAll('article[data-role="assistant"]')].at(-1)
    const view = last?.closest(".overflow-y-auto")
    if (!last || !view) return
    if (Number.isNaN(state.lastVisible) && last.querySelector("pre, p")) {
      const { bottom, height } = last.getBoundingClientRect()
      // Painted with the next frame.
      if (height > 0 && bottom <= innerHeight + 60) requestAnimationFrame((time) => (state.lastVisible = time))
    }
    if (!started) return
    const size = last.textContent?.length ?? 0
    if (size !== shown) {
      shown = size
      state.lastChange = Date.now()
    }
  }
  const frame = () => {
    const now = performance.now()
    if (started) state.frames.push(now - previous)
    previous = now
    if (started || Number.isNaN(state.lastVisible)) lookAtEnd()
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)

  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      if (!started) return
      requestAnimationFrame(() => afterPaint(() => state.keys.push(performance.now() - timeStamp)))
    },
    { capture: true },
  )

  /**
   * Sizes are told last before each paint, observer by observer: this one is the youngest, so what it sees after the
   * page's own is what is painted.
   */
  const watchPlace = () => {
    const view = document.querySelector('[role="log"]')?.closest(".overflow-y-auto")
    if (!view?.lastElementChild) return
    new ResizeObserver(() => {
      if (!view.querySelector('[data-status="streaming"]')) return
      state.farthest = Math.max(state.farthest, view.scrollHeight - view.clientHeight - view.scrollTop)
    }).observe(view.lastElementChild)
  }

  window.observed = {
    start: () => {
      watchPlace()
      started = true
      state.frames = []
      state.keys = []
      state.farthest = 0
      previous = performance.now()
    },
    read: () => ({ ...state, elements: document.querySelectorAll("*").length }),
  }
}
