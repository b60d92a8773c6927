import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { readPaced } from "@/lib/ai/paced-read"

/** Durations of the event loop's turns, in milliseconds, while `work` runs. */
async function turnsOf(work: Promise<unknown>): Promise<number[]> {
  const turns: number[] = []
  let last = performance.now()
  let over = false
  const look = () => {
    const now = performance.now()
    turns.push(now - last)
    last = now
    if (!over) setImmediate(look)
  }
  setImmediate(look)
  await work
  over = true
  return turns
}

const spin = (ms: number) => {
  const until = performance.now() + ms
  while (performance.now() < until);
}

test("a large input is read over many event loop turns, complete and in order", async () => {
  const bytes = new PassThrough()
  let text = ""
  let ends = 0
  const done = new Promise<void>((resolve) => {
    const taking = {
      size: 0,
      ended: null,
      add: (piece: string) => {
        spin(5)
        text += piece
      },
      end: () => {
        ends++
        resolve()
      },
    }
    readPaced(bytes, taking)
  })
  const sent = Array.from({ length: 64 }, (_, n) => `${n} ${"ä".repeat(5_000)}`)
  for (const piece of sent) bytes.write(piece)
  bytes.end()
  const turns = await turnsOf(done)
  expect(text === sent.join("")).toBe(true)
  expect(ends).toBe(1)
  // 64 pieces of 5 ms are 320 ms of work.
  expect(turns.filter((ms) => ms > 4).length).toBeGreaterThan(20)
})

test("an end that arrives while data is pending is delivered last", async () => {
  const bytes = new PassThrough()
  const seen: string[] = []
  await new Promise<void>((resolve) => {
    readPaced(bytes, {
      size: 0,
      ended: null,
      add: (piece) => {
        spin(10)
        seen.push(piece)
      },
      end: (_text, how) => {
        seen.push(String(how.error))
        resolve()
      },
    })
    for (const piece of ["a", "b", "c"]) bytes.emit("data", Buffer.from(piece))
    bytes.destroy(new Error("gone"))
  })
  expect(seen).toEqual(["a", "b", "c", "Error: gone"])
})
