import { afterEach, describe, expect, it, vi } from "vitest"
import { chosenSendKey, sends } from "@/components/ui/enter"

const enter = {
  key: "Enter",
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 13,
}

/** A screen that matches these media queries. */
const on = (...queries: string[]) =>
  vi.stubGlobal("window", { matchMedia: (query: string) => ({ matches: queries.includes(query) }) })

const DESK = ["(any-pointer: fine)"]
const PHONE = ["(pointer: coarse)"]
const TABLET_WITH_MOUSE = ["(pointer: coarse)", "(any-pointer: fine)"]

afterEach(() => {
  chosenSendKey.set(null)
  vi.unstubAllGlobals()
})

describe("Enter", () => {
  it("sends on a physical keyboard, but not with Shift or Alt, nor during composition", () => {
    on(...DESK)
    expect(sends(enter)).toBe(true)
    for (const held of ["shiftKey", "altKey", "isComposing"])
      expect(sends({ ...enter, [held]: true }), held).toBe(false)
    expect(sends({ ...enter, keyCode: 229 })).toBe(false)
    expect(sends({ ...enter, key: "a" })).toBe(false)
  })

  it("inserts a line break on an on-screen keyboard; with Ctrl or ⌘ it sends", () => {
    on(...PHONE)
    expect(sends(enter)).toBe(false)
    expect(sends({ ...enter, ctrlKey: true })).toBe(true)
    expect(sends({ ...enter, metaKey: true })).toBe(true)
  })

  it("follows the user's setting on every keyboard", () => {
    on(...PHONE)
    chosenSendKey.set("enter")
    expect(sends(enter)).toBe(true)
    on(...DESK)
    chosenSendKey.set("mod")
    expect(sends(enter)).toBe(false)
    expect(sends({ ...enter, ctrlKey: true })).toBe(true)
    expect(sends({ ...enter, ctrlKey: true, shiftKey: true })).toBe(false)
  })

  it("sends when a touch screen device has a mouse", () => {
    on(...TABLET_WITH_MOUSE)
    expect(sends(enter)).toBe(true)
  })
})
