/** Tests that every log must pass: run by `memory.test.ts`, and by `hub.test.ts` for one that other processes read. */
import { afterAll, beforeAll, expect, test } from "vitest"
import type { EventLog, LogEvent } from "@/lib/bus/log"

export interface Logs {
  /** The log as seen by its writer's process, and by another one; the same twice if there is only one process. */
  writer: EventLog
  reader: EventLog
  close(): Promise<void>
}

const never = new AbortController().signal

async function collect(
  log: EventLog,
  id: string,
  after: number,
  signal = new AbortController().signal,
): Promise<LogEvent[]> {
  const events = await log.follow(id, after, signal)
  const all: LogEvent[] = []
  for await (const batch of events ?? []) all.push(...batch)
  return all
}
const textOf = (events: LogEvent[] | null) => events?.map(({ json }) => JSON.parse(json)).join("")
const jsons = (text: string) => [...text].map((letter) => JSON.stringify(letter))

/** `make` returns logs that stay readable for `lingerMs` after their end. */
export function logCases(make: (lingerMs: number) => Promise<Logs>): void {
  let logs: Logs
  let count = 0
  const opened = async () => {
    const id = `log-${++count}`
    await logs.writer.open(id)
    return id
  }
  beforeAll(async () => {
    logs = await make(30_000)
  })
  afterAll(() => logs.close())

  test("every follower sees every event once and in order, whenever it joined", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const early = [collect(writer, id, -1), collect(reader, id, -1)]
    await writer.append(id, jsons("ab"))
    const middle = collect(reader, id, 0)
    await writer.append(id, jsons("c"))
    await writer.end(id)
    const late = [collect(writer, id, -1), collect(reader, id, -1)]
    for (const events of await Promise.all([...early, ...late])) {
      expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2])
      expect(textOf(events)).toBe("abc")
    }
    expect(await middle).toEqual([
      { seq: 1, json: `"b"` },
      { seq: 2, json: `"c"` },
    ])
  })

  test("append returns the last event number", async () => {
    const id = await opened()
    expect(await logs.writer.append(id, jsons("ab"))).toBe(1)
    expect(await logs.writer.append(id, jsons("c"))).toBe(2)
  })

  test("events are followed while they are written, from any number", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const followers = [-1, 0, 123, 499].map((after) => collect(reader, id, after))
    for (let n = 0; n < 500; n += 5)
      await writer.append(
        id,
        jsons("12345").map((json, at) => (at === 0 ? String(n) : json)),
      )
    await writer.end(id)
    const [all = [], ...rest] = await Promise.all(followers)
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, n) => n))
    expect(rest).toEqual([all.slice(1), all.slice(124), []])
  })

  test("current events are read from any number, before and after the end", async () => {
    const { writer, reader } = logs
    const id = await opened()
    expect(await reader.read(id, -1)).toEqual([])
    await writer.append(id, jsons("abc"))
    expect(textOf(await reader.read(id, -1))).toBe("abc")
    expect(await reader.read(id, 1)).toEqual([{ seq: 2, json: `"c"` }])
    expect(await reader.read(id, 7)).toEqual([])
    await writer.end(id, jsons("d"))
    expect(textOf(await reader.read(id, -1))).toBe("abcd")
  })

  test("a nonexistent log is null", async () => {
    expect(await logs.reader.follow("none", -1, never)).toBeNull()
    expect(await logs.reader.read("none", -1)).toBeNull()
  })

  test("the end appends the last events, from any process, and happens once", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const following = collect(writer, id, -1)
    await writer.append(id, jsons("a"))
    await reader.end(id, jsons("bc"))
    await writer.end(id, jsons("d"))
    expect(textOf(await following)).toBe("abc")
    await expect(writer.append(id, jsons("x"))).rejects.toThrow("no open log")
    await writer.end("none", jsons("x"))
    expect(await reader.read("none", -1)).toBeNull()
  })

  test("a log taken from its writer accepts nothing more from it, and the new owner ends it", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const following = collect(reader, id, -1)
    await writer.append(id, jsons("ab"))
    await reader.take(id)
    await expect(writer.append(id, jsons("x"))).rejects.toThrow("no open log")
    await expect(writer.append(id, jsons("y"))).rejects.toThrow("no open log")
    expect(textOf(await reader.read(id, -1))).toBe("ab")
    await reader.end(id, jsons("c"))
    await writer.end(id, jsons("z"))
    expect(textOf(await following)).toBe("abc")
    await reader.take("none")
    expect(await reader.read("none", -1)).toBeNull()
  })

  test("a writer need not await one append before the next", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const following = collect(reader, id, -1)
    const numbers = await Promise.all([..."abcdefgh"].map((letter) => writer.append(id, jsons(letter))))
    await writer.end(id)
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(textOf(await following)).toBe("abcdefgh")
  })

  test("an aborted follower ends, and the writer and other followers continue", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const abort = new AbortController()
    const leaving = collect(reader, id, -1, abort.signal)
    const staying = collect(reader, id, -1)
    await writer.append(id, jsons("a"))
    abort.abort()
    await leaving
    expect(await writer.append(id, jsons("b"))).toBe(1)
    await writer.end(id)
    expect(textOf(await staying)).toBe("ab")
    expect(await collect(reader, id, -1, AbortSignal.abort())).toEqual([])
  })

  test("a slow follower misses nothing and blocks nobody", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const slow = (await reader.follow(id, -1, never))?.[Symbol.asyncIterator]()
    const quick = collect(reader, id, -1)
    await writer.append(id, jsons("a"))
    const taken = [...((await slow?.next())?.value ?? [])]
    const text = "x".repeat(1_000)
    for (let n = 0; n < 3_000; n++) await writer.append(id, [JSON.stringify(text)])
    await writer.end(id)
    expect((await quick).length).toBe(3_001)
    for (let next = await slow?.next(); next && !next.done; next = await slow?.next()) {
      // In pieces: with many followers, three megabytes for each would be in memory at once.
      expect(next.value.length).toBeLessThan(1_000)
      taken.push(...next.value)
    }
    expect(taken.map(({ seq }) => seq)).toEqual(Array.from({ length: 3_001 }, (_, n) => n))
  })

  test("an event may be large", async () => {
    const { writer, reader } = logs
    const id = await opened()
    const following = collect(reader, id, -1)
    const big = JSON.stringify(`𝒳漢\n${"x".repeat(2_000_000)}`)
    await writer.append(id, ["1", big, "2"])
    await writer.end(id)
    expect((await following).map(({ json }) => json === big || json)).toEqual(["1", true, "2"])
  })

  test("a finished log is freed", async () => {
    const short = await make(1)
    await short.writer.open("g")
    await short.writer.end("g")
    await expect.poll(() => short.reader.follow("g", -1, never)).toBeNull()
    await short.close()
  })
}
