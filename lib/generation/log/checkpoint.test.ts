import { expect, test, vi } from "vitest"
import type { ChunkRow } from "@/lib/db/generations"
import { Checkpoints } from "@/lib/generation/log/checkpoint"

const delta = (text: string) => ({ type: "text-delta", id: "t", delta: text }) as const

/** Checkpoints that can't be written until there is space again. */
function onFullDisk(everyMs: number) {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const writes: ChunkRow[][] = []
  const disk = { full: true }
  const checkpoints = new Checkpoints(async (rows) => {
    if (disk.full) throw new Error("disk full")
    writes.push(rows)
  }, everyMs)
  return { checkpoints, writes, disk }
}

test("events of several generations are written to the database together, with adjacent deltas merged", async () => {
  const writes: ChunkRow[][] = []
  const checkpoints = new Checkpoints(async (rows) => void writes.push(rows), 5)
  checkpoints.add("a", 0, [delta("x"), delta("y")])
  checkpoints.add("b", 7, [delta("z")])
  checkpoints.add("a", 2, [delta("w")])
  await expect.poll(() => writes.length).toBe(1)
  expect(writes[0]).toEqual([
    { generationId: "a", seq: 0, lastSeq: 2, events: [delta("xyw")] },
    { generationId: "b", seq: 7, lastSeq: 7, events: [delta("z")] },
  ])
})

test("a failed write is retried in order, losing nothing", async () => {
  const { checkpoints, writes, disk } = onFullDisk(1)
  checkpoints.add("a", 0, [delta("x")])
  await checkpoints.flush()
  disk.full = false
  checkpoints.add("a", 1, [delta("y")])
  await checkpoints.flush()
  expect(writes).toEqual([[{ generationId: "a", seq: 0, lastSeq: 1, events: [delta("xy")] }]])
})

test("held events are written in order once the hold is released", async () => {
  const { checkpoints, writes, disk } = onFullDisk(1_000)
  checkpoints.add("a", 0, [delta("x")])
  const failing = checkpoints.flush()
  checkpoints.add("a", 1, [delta("y")])
  const takeBack = await checkpoints.hold("a")
  await failing
  disk.full = false
  await checkpoints.flush()
  expect(writes).toEqual([])
  takeBack()
  await checkpoints.flush()
  expect(writes).toEqual([[{ generationId: "a", seq: 0, lastSeq: 1, events: [delta("xy")] }]])
})

test("a held generation is not written, even if a write was in progress", async () => {
  const writes: ChunkRow[][] = []
  let release = () => {}
  const checkpoints = new Checkpoints(async (rows) => {
    await new Promise<void>((resolve) => {
      release = resolve
    })
    writes.push(rows)
  }, 1)
  checkpoints.add("a", 0, [delta("x")])
  const writing = checkpoints.flush()
  await new Promise((resolve) => setImmediate(resolve))
  checkpoints.add("a", 1, [delta("y")])
  const held = checkpoints.hold("a")
  await new Promise((resolve) => setImmediate(resolve))
  release()
  await writing
  await held
  await checkpoints.flush()
  expect(writes.flat().map(({ seq }) => seq)).toEqual([0])
})

test("a large checkpoint is written in several statements, in order, and resumes where one failed", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const writes: ChunkRow[][] = []
  let tries = 0
  const checkpoints = new Checkpoints(async (rows) => {
    if (++tries === 3) throw new Error("disk full")
    writes.push(rows)
  }, 1_000)
  const pieces = Array.from({ length: 40 }, (_, n) => delta(String(n % 10).repeat(20_000)))
  checkpoints.add("a", 0, pieces)
  checkpoints.add("b", 0, [delta("z")])
  await checkpoints.flush()
  expect(tries).toBe(3)
  await checkpoints.flush()
  expect(Math.max(...writes.map((write) => JSON.stringify(write).length))).toBeLessThan(140_000)
  const rows = (id: string) => writes.flat().filter(({ generationId }) => generationId === id)
  expect(rows("b")).toEqual([{ generationId: "b", seq: 0, lastSeq: 0, events: [delta("z")] }])
  expect(rows("a").map(({ seq }) => seq)).toEqual([0, ...rows("a").map(({ lastSeq }) => lastSeq + 1)].slice(0, -1))
  const text = rows("a").flatMap(({ events }) => events.map((event) => Reflect.get(Object(event), "delta")))
  expect(text.join("") === pieces.map((piece) => piece.delta).join("")).toBe(true)
})
