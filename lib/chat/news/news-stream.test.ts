import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { notifyOutlineChanged } from "@/lib/chat/news/news"
import { MAX_WAITING, newsBlocks } from "@/lib/chat/news/news-stream"

/** A reader that has read the first block and then pauses. */
async function slowReader() {
  const userId = randomUUID()
  const abort = new AbortController()
  const blocks = newsBlocks(userId, abort.signal)
  expect((await blocks.next()).value).toContain("event: open")
  return { userId, blocks, abort }
}

test("events waiting for a slow reader arrive as one block", async () => {
  const { userId, blocks, abort } = await slowReader()
  for (let event = 0; event < MAX_WAITING; event++) notifyOutlineChanged(userId)
  const { value } = await blocks.next()
  expect(value?.split("\n\n").filter(Boolean)).toHaveLength(MAX_WAITING)
  abort.abort()
  expect((await blocks.next()).done).toBe(true)
})

test("a reader that falls too far behind is disconnected", async () => {
  const { userId, blocks } = await slowReader()
  for (let event = 0; event <= MAX_WAITING; event++) notifyOutlineChanged(userId)
  expect(await blocks.next()).toEqual({ done: true, value: undefined })
})
