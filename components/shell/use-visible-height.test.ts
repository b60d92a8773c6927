import { expect, test } from "vitest"
import { heightAboveKeyboard } from "@/components/shell/use-visible-height"

test("an on-screen keyboard reduces the visible height; pinch zoom and browser bars don't", () => {
  expect(heightAboveKeyboard({ height: 480, scale: 1 }, 800)).toBe(480)
  expect(heightAboveKeyboard({ height: 400, scale: 2 }, 800)).toBeNull()
  expect(heightAboveKeyboard({ height: 744, scale: 1 }, 800)).toBeNull()
  expect(heightAboveKeyboard({ height: 480, scale: 1 }, 480)).toBeNull()
})
