import { expect, test } from "vitest"
import { tilesOf } from "@/lib/images/decode/tiling"
import { imagePriceUsd, imagesSent, imageTokens } from "@/lib/images/tokens"

test("tokens grow with the pixels sent, and an unknown size has a default", () => {
  expect(imageTokens({ width: 28, height: 28 })).toBe(3)
  expect(imageTokens({ width: 560, height: 280 })).toBe(20 * 10 + 2)
  // Sent at 2,048 × 1,536.
  expect(imageTokens({ width: 4_000, height: 3_000 })).toBe(74 * 55 + 2)
  expect(imageTokens({ width: 4_000, height: 3_000 }, "low")).toBe(19 * 14 + 2)
  expect(imageTokens({ width: 4_000, height: 3_000 }, "full")).toBeGreaterThan(18_000)
  expect(imageTokens({ width: 800, height: 600 }, "full")).toBe(imageTokens({ width: 800, height: 600 }))
  expect(imageTokens(null)).toBe(1_200)
  expect(imagePriceUsd(2_000_000, 0.5)).toBe(1)
  expect(imagePriceUsd(2_000_000, null)).toBeNull()
})

test.each([
  [2_048, 2_048, 0],
  [4_000, 3_000, 6],
  [1_440, 20_000, 12],
  [8_000, 5_000, 12],
  [2_049, 10, 2],
])("%d × %d pixels are cut into %d overlapping tiles that cover everything", (width, height, count) => {
  const { tiles, scale } = tilesOf(width, height)
  expect(tiles.length).toBeLessThanOrEqual(12)
  if (count < 12) expect(tiles).toHaveLength(count)
  expect(imagesSent({ width, height }, "full")).toBe(1 + tiles.length)
  for (const tile of tiles) {
    expect(tile.x + tile.width).toBeLessThanOrEqual(width)
    expect(tile.y + tile.height).toBeLessThanOrEqual(height)
    expect(Math.max(tile.width, tile.height) * scale).toBeLessThanOrEqual(1_640)
  }
  const covered = (x: number, y: number) =>
    tiles.some((tile) => x >= tile.x && x < tile.x + tile.width && y >= tile.y && y < tile.y + tile.height)
  if (tiles.length > 0)
    for (let part = 0; part <= 20; part++)
      for (let other = 0; other <= 20; other++)
        expect(covered(Math.round(((width - 1) * part) / 20), Math.round(((height - 1) * other) / 20))).toBe(true)
})
