import { expect, test } from "vitest"
import type { GenerationLog, LogEvent } from "@/lib/generation/log"
import { createMemoryLog } from "@/lib/generation/memory-log"

const delta = (text: string) => ({ type: "text-delta", id: "t", delta: text }) as const
const never = new AbortController().signal

async function collect(log: GenerationLog, after: number, signal = never): Promise<LogEvent[]> {
  const events = await log.follow("g", after, signal)
  const all: LogEvent[] = []
  for await (const batch of events ?? []) all.push(...batch)
  return all
}
const textOf = (events: LogEvent[]) => events.map(({ json }) => JSON.parse(json).delta).join("")

test("every follower sees every event once, in order, whenever it came", async () => {
  const log = createMemoryLog()
  await log.open("g")
  const early = collect(log, -1)
  await log.append("g", [delta("a"), delta("b")])
  const middle = collect(log, 0)
  await log.append("g", [delta("c")])
  await log.end("g")
  const late = collect(log, -1)
  expect((await early).map(({ seq }) => seq)).toEqual([0, 1, 2])
  expect(textOf(await early)).toBe("abc")
  expect(textOf(await middle)).toBe("bc")
  expect(textOf(await late)).toBe("abc")
})

test("the last number is returned", async () => {
  const log = createMemoryLog()
  await log.open("g")
  expect(await log.append("g", [delta("a"), delta("b")])).toBe(1)
  expect(await log.append("g", [delta("c")])).toBe(2)
})

test("a follower that leaves ends, and the writer goes on", async () => {
  const log = createMemoryLog()
  await log.open("g")
  const abort = new AbortController()
  const following = collect(log, -1, abort.signal)
  await log.append("g", [delta("a")])
  abort.abort()
  await following
  expect(await log.append("g", [delta("b")])).toBe(1)
})

test("a finished log is freed", async () => {
  const log = createMemoryLog(1)
  await log.open("g")
  await log.end("g")
  await expect.poll(() => log.follow("g", -1, never)).toBeNull()
})

test("an ended log takes nothing more", async () => {
  const log = createMemoryLog()
  await log.open("g")
  await log.end("g")
  await expect(log.append("g", [delta("x")])).rejects.toThrow("no open log")
})
