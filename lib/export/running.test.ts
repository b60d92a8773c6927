import { v7 as uuidv7 } from "uuid"
import { afterEach, expect, test, vi } from "vitest"
import { isExporting, oneAtATime } from "@/lib/export/running"

afterEach(() => vi.useRealTimers())

const endless = () =>
  new ReadableStream<Uint8Array>(
    { pull: (controller) => controller.enqueue(new Uint8Array(100)) },
    { highWaterMark: 0 },
  )

test("the slowest reader is dropped when the limit is reached, and blocks no one", async () => {
  vi.useFakeTimers({ now: 0 })
  const readers = Array.from({ length: 32 }, () => oneAtATime(uuidv7(), endless).getReader())
  expect(() => oneAtATime(uuidv7(), endless)).toThrow(expect.objectContaining({ code: "work:busy" }))
  // Reads one chunk from each now and then, so that none of them stalls.
  for (let n = 0; n < 4; n++) {
    vi.setSystemTime(Date.now() + 20_000)
    await Promise.all(readers.map((reader) => reader.read()))
  }
  const next = oneAtATime(uuidv7(), endless).getReader()
  expect((await next.read()).value).toHaveLength(100)
  const ended = await Promise.allSettled(readers.map((reader) => reader.read()))
  expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(1)
  await Promise.allSettled([...readers, next].map((reader) => reader.cancel()))
})

test("an export that nobody reads any more is ended", async () => {
  vi.useFakeTimers()
  const user = uuidv7()
  const reader = oneAtATime(user, endless).getReader()
  await reader.read()
  expect(isExporting(user)).toBe(true)
  vi.advanceTimersByTime(61_000)
  expect(isExporting(user)).toBe(false)
  // Chunks that were read ahead are discarded with it.
  await expect(reader.read().then(() => reader.read())).rejects.toThrow("canceled")
})
