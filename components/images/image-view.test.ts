import { describe, expect, it } from "vitest"
import { fitted, held, swipeOf, WHOLE, zoomed } from "@/components/images/image-view"

const ROOM = { width: 1_000, height: 500 }

describe("size of a fitted image", () => {
  it("fills the available space, whether the image is larger or smaller", () => {
    expect(fitted({ width: 2_000, height: 2_000 }, ROOM)).toEqual({ width: 500, height: 500 })
    expect(fitted({ width: 400, height: 100 }, ROOM)).toEqual({ width: 1_000, height: 250 })
  })

  it("limits upscaling of tiny images", () =>
    expect(fitted({ width: 16, height: 16 }, ROOM)).toEqual({ width: 48, height: 48 }))
})

describe("zooming", () => {
  it("keeps the point under the pointer", () => {
    const at = { x: 100, y: -50 }
    const { scale, x, y } = zoomed(WHOLE, 2, at)
    expect(scale).toBe(2)
    // The point is twice as far from the image's center, which has moved.
    expect({ x: x + 2 * at.x, y: y + 2 * at.y }).toEqual(at)
  })

  it("stays between 1x and 8x", () => {
    expect(zoomed(WHOLE, 0.1).scale).toBe(1)
    expect(zoomed(WHOLE, 100).scale).toBe(8)
  })
})

describe("panning", () => {
  const size = { width: 500, height: 500 }

  it("stops at the edges", () =>
    expect(held({ scale: 4, x: 9_999, y: -9_999 }, size, ROOM)).toEqual({ scale: 4, x: 500, y: -750 }))

  it("does nothing when the whole image is visible", () =>
    expect(held({ scale: 1, x: 50, y: 50 }, size, ROOM)).toEqual(WHOLE))
})

describe("swiping", () => {
  it("down closes, sideways navigates, a small swipe does nothing", () => {
    expect(swipeOf({ x: 20, y: 120 })).toBe("close")
    expect(swipeOf({ x: -120, y: 20 })).toBe("left")
    expect(swipeOf({ x: 120, y: 20 })).toBe("right")
    expect(swipeOf({ x: 30, y: 40 })).toBeNull()
    expect(swipeOf({ x: 0, y: -200 })).toBeNull()
  })
})
