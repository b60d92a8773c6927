/**
 * Which images are sent: the newest message's first, made smaller before any is dropped; the oldest are dropped first.
 */
import { expect, test } from "vitest"
import { choose } from "@/lib/images/for-model"

const NOTHING = { images: 0, base64: 0 }
/** Ways with their bytes given in thousands. */
const image = (id: string, current: boolean, ...ways: number[][]) => ({
  ...{ id, current },
  ways: ways.map((way) =>
    way.map((size) => ({ objectKey: `${id}-${size}`, mediaType: "image/jpeg", size: size * 1_000 })),
  ),
})
const chosen = (...args: Parameters<typeof choose>) =>
  choose(...args).map(({ id, way }) => `${id} ${way.map(({ size }) => size / 1_000).join("+")}`)

test("images that fit are sent as requested", () => {
  expect(
    chosen([image("a", true, [700, 300, 300], [700], [200], [50]), image("b", false, [600], [200])], NOTHING),
  ).toEqual(["a 700+300+300", "b 600"])
})

test("in the newest message the largest image is reduced first", () => {
  const large = Array.from({ length: 12 }, (_, n) => image(`${n}`, true, [700], [200], [50]))
  const sent = chosen([...large, image("full", true, [700, 900, 900], [700], [200])], NOTHING)
  expect(sent).toHaveLength(13)
  expect(sent.at(-1)).toMatch(/^full (700|200)$/)
})

test("earlier images are dropped oldest first, and never displace a newer one", () => {
  const now = image("now", true, [6_000])
  const sent = chosen(
    [now, image("b", false, [500], [100]), image("c", false, [900], [800]), image("d", false, [10])],
    NOTHING,
  )
  expect(sent).toEqual(["now 6000", "b 500"])
})

test("detail crops of earlier images are not sent again", () => {
  expect(chosen([image("a", false, [700, 300, 300], [700])], NOTHING)).toEqual(["a 700"])
})

test("document pages sent as images count", () => {
  const many = Array.from({ length: 30 }, (_, n) => image(`${n}`, true, [10]))
  expect(chosen(many, { images: 10, base64: 0 })).toHaveLength(20)
  expect(chosen([image("a", true, [700], [100])], { images: 0, base64: 9_000_000 })).toEqual(["a 100"])
})
