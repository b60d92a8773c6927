import { describe, expect, it } from "vitest"
import { placeAfter } from "@/components/ui/list-box"

describe("keys of a list", () => {
  it("move by one and stay at its ends", () => {
    expect(placeAfter("ArrowDown", 0, 3, {})).toBe(1)
    expect(placeAfter("ArrowDown", 2, 3, {})).toBe(2)
    expect(placeAfter("ArrowUp", 0, 3, {})).toBe(0)
  })

  it("go around where it loops", () => {
    expect(placeAfter("ArrowDown", 2, 3, { loops: true })).toBe(0)
    expect(placeAfter("ArrowUp", 0, 3, { loops: true })).toBe(2)
  })

  it("go to its ends where no caret stands", () => {
    expect(placeAfter("Home", 2, 3, { ends: true })).toBe(0)
    expect(placeAfter("End", 0, 3, { ends: true })).toBe(2)
    expect(placeAfter("Home", 2, 3, {})).toBeNull()
    expect(placeAfter("End", 0, 3, {})).toBeNull()
  })

  it("begin at the first where none is active, and mean nothing in an empty list or by another name", () => {
    expect(placeAfter("ArrowDown", -1, 3, {})).toBe(0)
    expect(placeAfter("ArrowDown", -1, 0, { loops: true, ends: true })).toBeNull()
    expect(placeAfter("Enter", 0, 3, { loops: true, ends: true })).toBeNull()
  })
})
