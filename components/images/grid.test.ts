import { expect, it } from "vitest"
import { ratioOf, rowsOf } from "@/components/images/grid"
import { shownImage, sized, srcSetOf } from "@/components/images/shown-image"

const square = { width: 100, height: 100 }
const wide = { width: 300, height: 100 }

it("a picture keeps its shape, but very long ones are cut; one of an earlier version has a usual shape", () => {
  expect([square, wide, { width: 100, height: 9_000 }, {}].map(ratioOf)).toEqual([1, 2.5, 0.5, 4 / 3])
})

it("rows hold as many as fit side by side, all of them, in their order", () => {
  const lengths = (images: object[]) => rowsOf(images).map((row) => row.length)
  expect(lengths([square])).toEqual([1])
  expect(lengths([square, square])).toEqual([2])
  expect(lengths([wide, wide])).toEqual([1, 1])
  expect(lengths(Array(4).fill(square))).toEqual([2, 2])
  const thirty = Array.from({ length: 30 }, (_, place) => ({ ...square, place }))
  expect(rowsOf(thirty).flat()).toEqual(thirty)
  expect(rowsOf([])).toEqual([])
})

it("a stored picture has an address for each size that is smaller, through a share, too; others have one only", () => {
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
