/** Reading a file of 200 MB doesn't block anyone else. */

import { once } from "node:events"
import { createWriteStream, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, expect, test } from "vitest"
import { claudeChat } from "@/lib/import/files.fixture"
import { work } from "@/lib/work/work"

const folder = mkdtempSync(path.join(tmpdir(), "large-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A list of chats of this many bytes. */
async function written(name: string, bytes: number): Promise<string> {
  const file = path.join(folder, name)
  const out = createWriteStream(file)
  const text = "a sentence with some words in it. ".repeat(60)
  let size = 1
  out.write("[")
  for (let n = 0; size < bytes; n++) {
    const chat = JSON.stringify({ ...claudeChat(`chat ${n}`), name: `Chat ${n}`, summary: text.repeat(20) })
    size += chat.length + 2
    if (!out.write(`${n > 0 ? "," : ""}\n${chat}`)) await once(out, "drain")
  }
  out.end("]")
  await once(out, "finish")
  return file
}

const read = (file: string) =>
  work(
    "readImport",
    { person: "p", ms: 300_000 },
    { file, folder: `${file}.read`, textBytes: 5e8, allBytes: 2e9, maxImageBytes: 2e7 },
  )

test("200 MB of chats are read in a separate thread", async () => {
  const file = await written("large.json", 200_000_000)
  expect(await read(file)).toBeGreaterThan(4_000)
})
