/**
 * Malicious files of a gigabyte: each is rejected with a clear message, in bounded memory, no matter how high the
 * limits are.
 */
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, expect, test } from "vitest"
import { claudeChat, zipFile } from "@/lib/import/files.fixture"
import { overlapping, packedZeros, zipWithStatedSize } from "@/lib/import/read/bombs.fixture"
import { work } from "@/lib/work/work"
import "@/lib/tasks/tasks"

const [MEGABYTE, GIGABYTE] = [1_000_000, 1_000_000_000]
const MAX_GROWTH_MB = 400

const folder = mkdtempSync(path.join(tmpdir(), "bombs-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const newFile = () => path.join(folder, String(count++))

function written(bytes: Uint8Array | string): string {
  const file = newFile()
  writeFileSync(file, bytes)
  return file
}

/** A sparse file with this beginning and end; the zeros in between take no disk space. */
function sparse(begin: string, size: number, end: string): string {
  const file = newFile()
  const handle = openSync(file, "w")
  writeSync(handle, begin)
  ftruncateSync(handle, size - end.length)
  writeSync(handle, end, size - end.length)
  closeSync(handle)
  return file
}

const repeated = (text: string, bytes: number, begin: string, end: string) =>
  written(Buffer.concat([Buffer.from(begin), Buffer.alloc(bytes, text), Buffer.from(end)]))

const read = (file: string, mostBytes: number) =>
  work(
    "readImport",
    { person: "p", ms: 300_000 },
    { file, folder: `${file}.read`, textBytes: mostBytes, allBytes: 4 * mostBytes, maxImageBytes: 2e7 },
  )

/** The result of reading a file of this kind, and the process's memory growth in megabytes. */
async function growthOf(file: string, mostBytes: number) {
  const idle = process.memoryUsage.rss()
  let peak = idle
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 5)
  const outcome = await read(file, mostBytes).catch((error: { code: string }) => error.code)
  clearInterval(look)
  rmSync(file)
  return { outcome, grown: (peak - idle) / MEGABYTE }
}

const BOMBS: [name: string, file: () => string, outcome: unknown][] = [
  ["a string", () => sparse('["', GIGABYTE, '"]'), "import:too_large"],
  ["a string within a chat", () => sparse('[{"chat_messages":"', GIGABYTE, '"}]'), "import:too_large"],
  [
    "a zip that holds a thousandfold",
    () => written(zipWithStatedSize("a.json", packedZeros(1_000), GIGABYTE)),
    "import:bomb",
  ],
  [
    "a zip that holds more than it says",
    () => written(zipWithStatedSize("conversations.json", packedZeros(1_000), 900_000)),
    "import:broken_zip",
  ],
  ["a zip whose entries lie on each other", () => written(overlapping(60_000)), "import:bomb"],
  [
    "zips within zips",
    () => {
      const inner = zipWithStatedSize("conversations.json", packedZeros(1_000), GIGABYTE)
      return written(zipFile({ "1.zip": inner, "2.zip": zipFile({ "3.zip": inner }) }))
    },
    "import:unknown",
  ],
  [
    "a zip in the place of the chats",
    () => written(zipFile({ "conversations.json": zipWithStatedSize("a.json", packedZeros(1_000), GIGABYTE) })),
    "import:unknown",
  ],
]

test.each(BOMBS)("%s is rejected", async (_, file, outcome) => {
  const found = await growthOf(file(), 500 * MEGABYTE)
  expect(found.outcome).toBe(outcome)
  expect(found.grown).toBeLessThan(MAX_GROWTH_MB)
})

test.each<[string, () => string, unknown]>([
  ["a gigabyte of one string is passed over, and named", () => sparse('["', GIGABYTE, '"]'), 0],
  ["more values than a chat has are passed over", () => repeated("1,", 200 * MEGABYTE, "[[", "1]]"), 0],
  ["as many values as a chat may have", () => repeated('{"a":1},', 30 * MEGABYTE, "[[", "1]]"), "import:unknown"],
  ["levels", () => repeated("[", 100 * MEGABYTE, "[", "]"), 0],
  ["a list of millions that are no chats", () => repeated("1,", 20 * MEGABYTE, "[", "1]"), "import:unknown"],
])("with two gigabytes allowed: %s", async (_, file, outcome) => {
  const found = await growthOf(file(), 2 * GIGABYTE)
  expect(found.outcome).toBe(outcome)
  expect(found.grown).toBeLessThan(MAX_GROWTH_MB)
})

test("reading stops after more elements than any export has, whether or not they include chats", async () => {
  const chats = `[${JSON.stringify(claudeChat())},${"1,".repeat(200_000)}1]`
  expect((await growthOf(written(chats), GIGABYTE)).outcome).toBe("import:too_many_chats")
})
