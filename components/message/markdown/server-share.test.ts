import { expect, test } from "vitest"
import { mayTake } from "@/components/message/markdown/server-share"

test("the server shows so much Markdown at once, and a part of the time that passes", () => {
  expect(mayTake(41, 1_000)).toBe(false)
  expect(mayTake(30, 1_000)).toBe(true)
  expect(mayTake(30, 1_001)).toBe(false)
  expect(mayTake(10, 1_001)).toBe(true)
  expect(mayTake(10, 1_020)).toBe(false)
  expect(mayTake(10, 1_050)).toBe(true)
  expect(mayTake(40, 9_000)).toBe(true)
})
