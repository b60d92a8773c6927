import { describe, expect, it } from "vitest"
import { type FollowState, isAtEnd, nextFollow } from "@/components/scroll/follow"

const place = (scrollTop: number) => ({ scrollTop, scrollHeight: 2_000, clientHeight: 500 })
const following: FollowState = { following: true, lastTop: 1_500, lastEnd: 1_500 }
const detached: FollowState = { following: false, lastTop: 900, lastEnd: 1_500 }

describe("following the end", () => {
  it("continues while the content grows", () => {
    const grown = { scrollTop: 1_500, scrollHeight: 2_300, clientHeight: 500 }
    expect(nextFollow(following, { type: "scrolled", place: grown, settling: false }).following).toBe(true)
  })

  it("stops with an upward wheel or swipe, before the view has moved", () => {
    expect(nextFollow(following, { type: "moved", delta: -1, place: place(1_500) }).following).toBe(false)
  })

  it("does not stop with a downward wheel, nor where nothing can scroll", () => {
    expect(nextFollow(following, { type: "moved", delta: 30, place: place(1_500) }).following).toBe(true)
    const short = { scrollTop: 0, scrollHeight: 400, clientHeight: 500 }
    expect(nextFollow(following, { type: "moved", delta: -30, place: short }).following).toBe(true)
  })

  it.each(["PageUp", "ArrowUp", "Home"])("stops with %s", (key) => {
    expect(nextFollow(following, { type: "key", key, shift: false, place: place(1_500) }).following).toBe(false)
  })

  it("stops with Shift+Space, but not with Space or letters", () => {
    const press = (key: string, shift: boolean) =>
      nextFollow(following, { type: "key", key, shift, place: place(1_500) }).following
    expect(press(" ", true)).toBe(false)
    expect(press(" ", false)).toBe(true)
    expect(press("a", true)).toBe(true)
  })

  it("stops when text is selected, and when another branch is chosen", () => {
    expect(nextFollow(following, { type: "selected" }).following).toBe(false)
    expect(nextFollow(following, { type: "switched" }).following).toBe(false)
  })

  it("is not resumed by the first frames of smooth scrolling, which are still near the end", () => {
    let state = nextFollow(following, { type: "moved", delta: -3, place: place(1_500) })
    for (const top of [1_498, 1_494, 1_486, 1_480])
      state = nextFollow(state, {
        type: "scrolled",
        place: { ...place(top), scrollHeight: 2_000 + 1_500 - top },
        settling: false,
      })
    expect(state.following).toBe(false)
  })

  it("stops when anything else moves the view up even slightly: find in page, a scrollbar, focus", () => {
    expect(nextFollow(following, { type: "scrolled", place: place(1_490), settling: false }).following).toBe(false)
  })

  it("continues when the browser moves the view because the content shrank or the window grew", () => {
    const shrunk = { scrollTop: 1_300, scrollHeight: 1_800, clientHeight: 500 }
    expect(nextFollow(following, { type: "scrolled", place: shrunk, settling: false }).following).toBe(true)
    const taller = { scrollTop: 1_200, scrollHeight: 2_000, clientHeight: 800 }
    expect(nextFollow(following, { type: "scrolled", place: taller, settling: false }).following).toBe(true)
  })

  it("continues when content shrinks and grows within one frame during page layout", () => {
    const regrown = { scrollTop: 1_300, scrollHeight: 2_400, clientHeight: 500 }
    expect(nextFollow(following, { type: "scrolled", place: regrown, settling: true }).following).toBe(true)
    expect(nextFollow(following, { type: "scrolled", place: regrown, settling: false }).following).toBe(false)
    expect(nextFollow(following, { type: "scrolled", place: place(1_300), settling: true }).following).toBe(false)
  })

  it("continues when an on-screen keyboard takes half of the window", () => {
    const lower = { scrollTop: 1_500, scrollHeight: 2_000, clientHeight: 250 }
    expect(nextFollow(following, { type: "scrolled", place: lower, settling: false }).following).toBe(true)
  })

  it("stays off when shrinking content leaves the user at the end", () => {
    const shrunk = { scrollTop: 800, scrollHeight: 1_300, clientHeight: 500 }
    expect(nextFollow(detached, { type: "scrolled", place: shrunk, settling: false }).following).toBe(false)
  })

  it("stops when the scrollbar is dragged up", () => {
    expect(nextFollow(following, { type: "scrolled", place: place(1_200), settling: false }).following).toBe(false)
  })

  it("resumes at the end, and on request", () => {
    expect(nextFollow(detached, { type: "scrolled", place: place(1_490), settling: false }).following).toBe(true)
    expect(nextFollow(detached, { type: "asked" }).following).toBe(true)
  })

  it("resumes with a downward wheel at the end, where nothing moves", () => {
    const there = { ...detached, lastTop: 1_500 }
    expect(nextFollow(there, { type: "moved", delta: 5, place: place(1_500) }).following).toBe(true)
    expect(nextFollow(detached, { type: "moved", delta: 5, place: place(900) }).following).toBe(false)
  })

  it("stays off while the user scrolls elsewhere", () => {
    expect(nextFollow(detached, { type: "scrolled", place: place(1_000), settling: false }).following).toBe(false)
  })

  it("treats a few pixels above the end as the end", () => {
    expect(isAtEnd(place(1_480))).toBe(true)
    expect(isAtEnd(place(1_400))).toBe(false)
  })
})
