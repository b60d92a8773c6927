/** Decides when a scrolled view follows content added at its end. Pure; `use-follow.ts` connects it to the page. */

/** Distance in pixels that still counts as the end: a fraction of a line, and rounding when zoomed. */
const AT_END_PX = 24

interface ScrollPlace {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

const distanceToEnd = ({ scrollTop, scrollHeight, clientHeight }: ScrollPlace): number =>
  Math.max(0, scrollHeight - clientHeight - scrollTop)

export const isAtEnd = (place: ScrollPlace): boolean => distanceToEnd(place) <= AT_END_PX

export interface FollowState {
  following: boolean
  /** The previous scroll position, to tell user scrolling from content growth. */
  lastTop: number
  /** The maximum scroll position at that time: if it shrinks, the browser moves the view itself. */
  lastEnd: number
}

/** The maximum scroll position in pixels. */
const endOf = ({ scrollHeight, clientHeight }: ScrollPlace): number => Math.max(0, scrollHeight - clientHeight)

/** The current position, as the reference for the next scroll event. */
export const seenAt = (place: ScrollPlace): Pick<FollowState, "lastTop" | "lastEnd"> => ({
  lastTop: place.scrollTop,
  lastEnd: endOf(place),
})

/** Pixels that rounding may move the view by. */
const ROUNDING_PX = 1

/** Keys that scroll toward the start. */
const LEAVING_KEYS = new Set(["PageUp", "ArrowUp", "Home"])

export type FollowEvent =
  /** The scroll position changed for any reason; `settling`: the page has just opened without user interaction. */
  | { type: "scrolled"; place: ScrollPlace; settling: boolean }
  /** A wheel or touch movement; positive is toward the end. */
  | { type: "moved"; delta: number; place: ScrollPlace }
  | { type: "key"; key: string; shift: boolean; place: ScrollPlace }
  /** Text in the view was selected. */
  | { type: "selected" }
  /** The user chose another branch, which is read from there rather than from its end. */
  | { type: "switched" }
  /** The user requested the end, by the button or by sending. */
  | { type: "asked" }

/**
 * The next state. Scrolling up, PageUp and similar keys, selecting text, and switching branches detach immediately, so
 * that the view never fights the reader; reaching the end from above, or scrolling further down there, attaches again.
 */
export function nextFollow(state: FollowState, event: FollowEvent): FollowState {
  switch (event.type) {
    case "asked":
      return { ...state, following: true }
    case "selected":
    case "switched":
      return { ...state, following: false }
    case "moved":
      if (event.delta > 0) return isAtEnd(event.place) ? { ...state, following: true } : state
      return event.delta < 0 && canLeave(event.place) ? { ...state, following: false } : state
    case "key": {
      const up = LEAVING_KEYS.has(event.key) || (event.key === " " && event.shift)
      return up && canLeave(event.place) ? { ...state, following: false } : state
    }
    case "scrolled": {
      const { place } = event
      const moved = place.scrollTop - state.lastTop
      // Moving up with the same scroll range is the user (a scrollbar, find-in-page, assistive technology), even by a
      // few pixels as in the first frames of smooth scrolling. Otherwise it is the browser, since the content shrank.
      const left = moved < -ROUNDING_PX && sameEnd(place, state, event.settling)
      const arrived = moved > 0 && isAtEnd(place)
      return { following: left ? false : arrived || state.following, ...seenAt(place) }
    }
  }
}

/**
 * The scroll range is the same or larger. While settling it must not be larger: then the content shrank and grew within
 * one frame, and a browser without scroll anchoring has left the view where the end was in between.
 */
function sameEnd(place: ScrollPlace, { lastEnd }: FollowState, settling: boolean): boolean {
  const grown = endOf(place) - lastEnd
  return grown >= -ROUNDING_PX && !(settling && grown > ROUNDING_PX)
}

/** There is something to scroll to. */
const canLeave = ({ scrollHeight, clientHeight, scrollTop }: ScrollPlace) =>
  scrollHeight > clientHeight + 1 && scrollTop > 0
