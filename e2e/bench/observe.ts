/**
 * Measurements from inside a page. `observePage` is serialized and sent to the browser, so it uses nothing from
 * outside.
 */

export interface Observed {
  /** Milliseconds since navigation. */
  firstPaint: number
  largestPaint: number
  /** Milliseconds of long tasks beyond 50 ms each. */
  blocking: number
  /** Milliseconds from navigation until the end of the last message was rendered in view. */
  lastVisible: number
  elements: number
  /** Since `start`: milliseconds of each frame, and from each key press to the next paint. */
  frames: number[]
  keys: number[]
  /** Milliseconds since 1970 of the last message's last change. */
  lastChange: number
  /**
   * Maximum distance in painted pixels between the view and the end of the conversation while an answer was streaming.
   */
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

  /** Called in a frame: runs `work` once the frame has been painted. */
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
   * Resize observers run just before each paint, in order of creation. This one is the newest, so it sees what is
   * painted after the page's own observers have run.
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
