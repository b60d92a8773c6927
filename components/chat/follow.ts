/** When a scrolled view follows what is added at its end. Pure; `use-follow.ts` binds it to the page. */

/** Pixels from the end that still count as the end: a fraction of a line, and rounding at zoom. */
const AT_END_PX = 24

export interface ScrollPlace {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

export const distanceToEnd = ({ scrollTop, scrollHeight, clientHeight }: ScrollPlace): number =>
  Math.max(0, scrollHeight - clientHeight - scrollTop)

export const isAtEnd = (place: ScrollPlace): boolean => distanceToEnd(place) <= AT_END_PX

export interface FollowState {
  following: boolean
  /** Where the view was at the last look, to tell a person's scrolling from growth of the content. */
  lastTop: number
}

/** Keys that scroll towards the start. */
const LEAVING_KEYS = new Set(["PageUp", "ArrowUp", "Home"])

export type FollowEvent =
  /** The view's position changed, for whatever reason. */
  | { type: "scrolled"; place: ScrollPlace }
  /** A wheel or a finger; positive is towards the end. */
  | { type: "moved"; delta: number; place: ScrollPlace }
  | { type: "key"; key: string; shift: boolean; place: ScrollPlace }
  /** Text in the view is selected. */
  | { type: "selected" }
  /** The person asks for the end, by the button or by sending. */
  | { type: "asked" }

/**
 * The next state. Moving up, PageUp and its kin, and selecting detach at once, so that the view never fights the
 * reader; arriving at the end attaches again.
 */
export function nextFollow(state: FollowState, event: FollowEvent): FollowState {
  switch (event.type) {
    case "asked":
      return { ...state, following: true }
    case "selected":
      return { ...state, following: false }
    case "moved":
      return event.delta < 0 && canLeave(event.place) ? { ...state, following: false } : state
    case "key": {
      const up = LEAVING_KEYS.has(event.key) || (event.key === " " && event.shift)
      return up && canLeave(event.place) ? { ...state, following: false } : state
    }
    case "scrolled": {
      const { place } = event
      // Upwards without growth or shrinking is a person (a scrollbar, find in page, an assistive tool).
      const up = place.scrollTop < state.lastTop - 1
      const following = isAtEnd(place) ? true : up && distanceToEnd(place) > AT_END_PX ? false : state.following
      return { following, lastTop: place.scrollTop }
    }
  }
}

/** There is something to scroll to. */
const canLeave = ({ scrollHeight, clientHeight, scrollTop }: ScrollPlace) =>
  scrollHeight > clientHeight + 1 && scrollTop > 0
