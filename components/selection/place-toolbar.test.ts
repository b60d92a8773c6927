import { expect, test } from "vitest"
import { toolbarPosition } from "@/components/selection/place-toolbar"

const view = { left: 0, top: 100, right: 400, bottom: 700 }
const line = (top: number, left = 100, right = 300) => ({ left, right, top, bottom: top + 20 })
const room = { view, width: 160, height: 40, touch: false }

test("with a mouse, the toolbar is centered above the first line", () => {
  expect(toolbarPosition({ ...room, lines: [line(300), line(320)] })).toEqual({ left: 120, top: 252 })
})

test("it is below the last line when there is no space above", () => {
  expect(toolbarPosition({ ...room, lines: [line(110), line(130)] })).toEqual({ left: 120, top: 158 })
})

test("with touch, it is below the handles, clear of the browser's menu above", () => {
  expect(toolbarPosition({ ...room, touch: true, lines: [line(300)] })).toEqual({ left: 120, top: 348 })
  expect(toolbarPosition({ ...room, touch: true, lines: [line(660)] }), "no space below").toEqual({
    left: 120,
    top: 612,
  })
})

test("it never exceeds the edges", () => {
  expect(toolbarPosition({ ...room, lines: [line(300, 0, 20)] })?.left).toBe(8)
  expect(toolbarPosition({ ...room, lines: [line(300, 380, 400)] })?.left).toBe(232)
})

test("it is within the view for a taller selection, and hidden when the selection is scrolled away", () => {
  const tall = Array.from({ length: 60 }, (_, index) => line(20 * index))
  expect(toolbarPosition({ ...room, lines: tall })?.top).toBeLessThanOrEqual(656)
  expect(toolbarPosition({ ...room, lines: [line(20)] })).toBeNull()
  expect(toolbarPosition({ ...room, lines: [] })).toBeNull()
})
