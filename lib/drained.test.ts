import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { drained } from "@/lib/drained.mjs"

const listeners = (stream: PassThrough) => stream.listenerCount("drain") + stream.listenerCount("close")

test("waiting ends when the stream drains, closes, or has closed, and leaves no listener", async () => {
  const stream = new PassThrough({ highWaterMark: 1 })
  const before = listeners(stream)
  for (let n = 0; n < 20; n++) {
    stream.write("ab")
    const waiting = drained(stream)
    stream.read()
    await waiting
    expect(listeners(stream)).toBe(before)
  }
  stream.write("ab")
  const waiting = drained(stream)
  stream.destroy()
  await waiting
  await drained(stream)
  expect(stream.listenerCount("drain")).toBe(0)
})
