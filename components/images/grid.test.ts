import { expect, it } from "vitest"
import { ratioOf, rowsOf } from "@/components/images/grid"
import { shownImage, sized, srcSetOf } from "@/components/images/shown-image"

const square = { width: 100, height: 100 }
const wide = { width: 300, height: 100 }

it("an image keeps its aspect ratio, except that extreme ones are cropped; images of earlier versions have a default ratio", () => {
  expect([square, wide, { width: 100, height: 9_000 }, {}].map(ratioOf)).toEqual([1, 2.5, 0.5, 4 / 3])
})

it("rows hold as many images as fit, all of them, in order", () => {
  const lengths = (images: object[]) => rowsOf(images).map((row) => row.length)
  expect(lengths([square])).toEqual([1])
  expect(lengths([square, square])).toEqual([2])
  expect(lengths([wide, wide])).toEqual([1, 1])
  expect(lengths(Array(4).fill(square))).toEqual([2, 2])
  const thirty = Array.from({ length: 30 }, (_, place) => ({ ...square, place }))
  expect(rowsOf(thirty).flat()).toEqual(thirty)
  expect(rowsOf([])).toEqual([])
})

it("a stored image has a URL for each smaller size, also in a share; others have one URL", () => {
  const part = (url: string) => ({
    ...{ type: "file", url, mediaType: "image/png", filename: "a.png" },
    providerMetadata: { sparkler: { width: 2_000, height: 1_000 } },
  })
  const own = shownImage({ ...part("/api/images/i1"), type: "file" }, "image")
  expect(own).toMatchObject({ id: "i1", name: "a.png", width: 2_000 })
  expect(srcSetOf(own)).toBe(
    "/api/images/i1?size=320 320w, /api/images/i1?size=640 640w, /api/images/i1?size=1280 1280w, /api/images/i1?size=2048 2000w",
  )
  const shared = shownImage({ ...part("/api/images/i1?share=t"), type: "file" }, "image")
  expect(shared.id).toBeNull()
  expect(sized(shared.url, 320)).toBe("/api/images/i1?share=t&size=320")
  expect(sized("blob:x", 320)).toBe("blob:x")
  expect(srcSetOf(shownImage({ type: "file", mediaType: "image/png", url: "/api/images/i1" }, "image"))).toBeUndefined()
})
