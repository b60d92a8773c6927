import { expect, test } from "vitest"
import { gatheringMs } from "@/lib/observe/loop-delay"

const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test("text is batched while the event loop is delayed, and no longer when it has caught up", async () => {
  gatheringMs()
  await turns(60)
  const until = performance.now() + 300
  while (performance.now() < until);
  await turns(25)
  expect(gatheringMs()).toBe(40)
  await expect.poll(gatheringMs).toBe(0)
})
