import { expect, test } from "vitest"
import { placeOf, type Surroundings } from "@/components/ui/tooltip/place"

const view = { width: 400, height: 300 }
const tip = { width: 100, height: 30 }
const at = (left: number, top: number, more: Partial<Surroundings> = {}) =>
  placeOf({ target: { left, top, width: 40, height: 40 }, tip, view, aside: false, rtl: false, ...more })

test("it is centered below; above when there is no space; and stays within the window", () => {
  expect(at(180, 100)).toEqual({ left: 150, top: 146 })
  expect(at(180, 250)).toEqual({ left: 150, top: 214 })
  expect(at(0, 100)).toEqual({ left: 8, top: 146 })
  expect(at(360, 100)).toEqual({ left: 292, top: 146 })
})

test("next to a list row, it is at the inline end, or else at the other side", () => {
  expect(at(100, 100, { aside: true })).toEqual({ left: 146, top: 105 })
  expect(at(200, 100, { aside: true, rtl: true })).toEqual({ left: 94, top: 105 })
  expect(at(340, 100, { aside: true })).toEqual({ left: 234, top: 105 })
})

test("it never covers its target, wherever that is", () => {
  for (let left = 0; left <= 360; left += 20)
    for (let top = 0; top <= 260; top += 20)
      for (const aside of [true, false]) {
        const place = at(left, top, { aside })
        const apart =
          place.left + tip.width <= left ||
          place.left >= left + 40 ||
          place.top + tip.height <= top ||
          place.top >= top + 40
        expect(apart, `${left} ${top}`).toBe(true)
      }
})
