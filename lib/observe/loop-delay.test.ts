import { expect, test } from "vitest"
import { batchDelayMs } from "@/lib/observe/loop-delay"

const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test("text is batched while the event loop is delayed, and no longer when it has caught up", async () => {
  batchDelayMs()
  await turns(60)
  const until = performance.now() + 300
  while (performance.now() < until);
  await turns(25)
  expect(batchDelayMs()).toBe(40)
  await expect.poll(batchDelayMs).toBe(0)
})
