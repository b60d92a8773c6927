/** When a scrolled view follows what is added at its end. Pure; `use-follow.ts` binds it to the page. */

/** Pixels from the end that still count as the end: a fraction of a line, and rounding at zoom. */
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
  /** Where the view was at the last look, to tell a person's scrolling from growth of the content. */
  lastTop: number
  /** The furthest that it could have been then: when this shrinks, the browser moves the view by itself. */
  lastEnd: number
}

/** The furthest that the view can be, in pixels. */
const endOf = ({ scrollHeight, clientHeight }: ScrollPlace): number => Math.max(0, scrollHeight - clientHeight)

/** What the next scrolling is told from: the view's place as it is now. */
export const seenAt = (place: ScrollPlace): Pick<FollowState, "lastTop" | "lastEnd"> => ({
  lastTop: place.scrollTop,
  lastEnd: endOf(place),
})

/** Pixels that rounding may move the view by. */
const ROUNDING_PX = 1

/** Keys that scroll towards the start. */
const LEAVING_KEYS = new Set(["PageUp", "ArrowUp", "Home"])

export type FollowEvent =
  /** The view's position changed, for whatever reason; `settling`: the page was just opened, and nobody has touched it. */
  | { type: "scrolled"; place: ScrollPlace; settling: boolean }
  /** A wheel or a finger; positive is towards the end. */
  | { type: "moved"; delta: number; place: ScrollPlace }
  | { type: "key"; key: string; shift: boolean; place: ScrollPlace }
  /** Text in the view is selected. */
  | { type: "selected" }
  /** The person chose another branch: what comes in its place is read from there, not from its end. */
  | { type: "switched" }
  /** The person asks for the end, by the button or by sending. */
  | { type: "asked" }

/**
 * The next state. Moving up, PageUp and its kin, selecting, and changing branches detach at once, so that the view
 * never fights the reader; arriving at the end from above, or going on down there, attaches again.
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
      // Up although there is as much to scroll as before: a person (a scrollbar, find in page, an assistive tool), be it
      // by a few pixels, as the first frames of smooth scrolling are. Otherwise the browser, since the content shrank.
      const left = moved < -ROUNDING_PX && sameEnd(place, state, event.settling)
      const arrived = moved > 0 && isAtEnd(place)
      return { following: left ? false : arrived || state.following, ...seenAt(place) }
    }
  }
}

/**
 * There is as much to scroll as before, or more. Not more while the page settles: then the content shrank and grew
 * within one frame, and a browser without scroll anchoring has left the view where the end was in between.
 */
function sameEnd(place: ScrollPlace, { lastEnd }: FollowState, settling: boolean): boolean {
  const grown = endOf(place) - lastEnd
  return grown >= -ROUNDING_PX && !(settling && grown > ROUNDING_PX)
}

/** There is something to scroll to. */
const canLeave = ({ scrollHeight, clientHeight, scrollTop }: ScrollPlace) =>
  scrollHeight > clientHeight + 1 && scrollTop > 0
