import { expect, test } from "vitest"
import { createLimiter } from "@/lib/limiter"

test("concurrency never exceeds the limit, others run in order, and a failure frees its slot", async () => {
  const limit = createLimiter(2)
  const started: number[] = []
  const releases: (() => void)[] = []
  let running = 0
  let most = 0
  const works = Array.from({ length: 5 }, (_, index) =>
    limit(async () => {
      started.push(index)
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => releases.push(resolve))
      running--
      if (index === 1) throw new Error("broken")
      return index
    }),
  )
  const settled = Promise.allSettled(works)
  for (let index = 0; index < 5; index++) {
    await expect.poll(() => releases.length).toBeGreaterThan(index)
    releases[index]?.()
  }
  expect((await settled).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ])
  expect(started).toEqual([0, 1, 2, 3, 4])
  expect(most).toBe(2)
})
