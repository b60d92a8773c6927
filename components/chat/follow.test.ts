import { describe, expect, it } from "vitest"
import { type FollowState, isAtEnd, nextFollow } from "@/components/chat/follow"

const place = (scrollTop: number) => ({ scrollTop, scrollHeight: 2_000, clientHeight: 500 })
const following: FollowState = { following: true, lastTop: 1_500 }
const detached: FollowState = { following: false, lastTop: 900 }

describe("following the end", () => {
  it("goes on while the content grows below", () => {
    const grown = { scrollTop: 1_500, scrollHeight: 2_300, clientHeight: 500 }
    expect(nextFollow(following, { type: "scrolled", place: grown }).following).toBe(true)
  })

  it("ends with a wheel or a finger upwards, before the view has moved", () => {
    expect(nextFollow(following, { type: "moved", delta: -1, place: place(1_500) }).following).toBe(false)
  })

  it("does not end with a wheel downwards, nor where nothing can scroll", () => {
    expect(nextFollow(following, { type: "moved", delta: 30, place: place(1_500) }).following).toBe(true)
    const short = { scrollTop: 0, scrollHeight: 400, clientHeight: 500 }
    expect(nextFollow(following, { type: "moved", delta: -30, place: short }).following).toBe(true)
  })

  it.each(["PageUp", "ArrowUp", "Home"])("ends with %s", (key) => {
    expect(nextFollow(following, { type: "key", key, shift: false, place: place(1_500) }).following).toBe(false)
  })

  it("ends with Shift+Space, not with Space or letters", () => {
    const press = (key: string, shift: boolean) =>
      nextFollow(following, { type: "key", key, shift, place: place(1_500) }).following
    expect(press(" ", true)).toBe(false)
    expect(press(" ", false)).toBe(true)
    expect(press("a", true)).toBe(true)
  })

  it("ends when text is selected", () => {
    expect(nextFollow(following, { type: "selected" }).following).toBe(false)
  })

  it("ends when the scrollbar is dragged up", () => {
    expect(nextFollow(following, { type: "scrolled", place: place(1_200) }).following).toBe(false)
  })

  it("begins again at the end, and when asked for", () => {
    expect(nextFollow(detached, { type: "scrolled", place: place(1_490) }).following).toBe(true)
    expect(nextFollow(detached, { type: "asked" }).following).toBe(true)
  })

  it("stays off while the reader moves elsewhere", () => {
    expect(nextFollow(detached, { type: "scrolled", place: place(1_000) }).following).toBe(false)
  })

  it("calls a few pixels above the end still the end", () => {
    expect(isAtEnd(place(1_480))).toBe(true)
    expect(isAtEnd(place(1_400))).toBe(false)
  })
})
