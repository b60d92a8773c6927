import { expect, it } from "vitest"
import { between, CENTER_REGION, moved, pixelsOf, resized } from "@/components/images/region"

const image = { width: 400, height: 200 }

it("a region spans two points in any order, clipped to the image", () => {
  const part = { left: 0.25, top: 0.5, width: 0.5, height: 0.25 }
  expect(between({ x: 0.25, y: 0.5 }, { x: 0.75, y: 0.75 }, image)).toEqual(part)
  expect(between({ x: 0.75, y: 0.75 }, { x: 0.25, y: 0.5 }, image)).toEqual(part)
  expect(between({ x: -1, y: 0.5 }, { x: 2, y: 0.75 }, image)).toEqual({ ...part, left: 0, width: 1 })
})

it("a region has a minimum size, even in the corner", () => {
  const corner = between({ x: 1, y: 1 }, { x: 1, y: 1 }, image)
  expect(pixelsOf(corner, image)).toEqual({ x: 384, y: 184, width: 16, height: 16 })
  expect(pixelsOf(resized(CENTER_REGION, -1, -1, image), image)).toEqual({ x: 100, y: 50, width: 16, height: 16 })
  const dot = { width: 1, height: 1 }
  expect(pixelsOf(between({ x: 0, y: 0 }, { x: 0, y: 0 }, dot), dot)).toEqual({ x: 0, y: 0, width: 1, height: 1 })
})

it("a region is moved and resized up to the edges", () => {
  expect(moved(CENTER_REGION, 9, -9)).toEqual({ left: 0.5, top: 0, width: 0.5, height: 0.5 })
  expect(resized(CENTER_REGION, 9, 9, image)).toEqual({ left: 0.25, top: 0.25, width: 0.75, height: 0.75 })
})
