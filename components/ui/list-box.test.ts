import { describe, expect, it } from "vitest"
import { placeAfter } from "@/components/ui/list-box"

describe("list box keys", () => {
  it("move by one and stop at the ends", () => {
    expect(placeAfter("ArrowDown", 0, 3, {})).toBe(1)
    expect(placeAfter("ArrowDown", 2, 3, {})).toBe(2)
    expect(placeAfter("ArrowUp", 0, 3, {})).toBe(0)
  })

  it("wrap around in looping lists", () => {
    expect(placeAfter("ArrowDown", 2, 3, { loops: true })).toBe(0)
    expect(placeAfter("ArrowUp", 0, 3, { loops: true })).toBe(2)
  })

  it("jump to the ends when there is no text caret", () => {
    expect(placeAfter("Home", 2, 3, { ends: true })).toBe(0)
    expect(placeAfter("End", 0, 3, { ends: true })).toBe(2)
    expect(placeAfter("Home", 2, 3, {})).toBeNull()
    expect(placeAfter("End", 0, 3, {})).toBeNull()
  })

  it("start at the first item when none is active, and are ignored in an empty list or if unknown", () => {
    expect(placeAfter("ArrowDown", -1, 3, {})).toBe(0)
    expect(placeAfter("ArrowDown", -1, 0, { loops: true, ends: true })).toBeNull()
    expect(placeAfter("Enter", 0, 3, { loops: true, ends: true })).toBeNull()
  })
})
