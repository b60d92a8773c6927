/** Malicious files, and files that are merely large. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { deflateRawSync } from "node:zlib"
import { afterAll, expect, test } from "vitest"
import { chatgptZip, claudeChat, jsonFile, zipFile } from "@/lib/import/files.fixture"
import { overlapping, zipWithStatedSize } from "@/lib/import/read/bombs.fixture"
import { type ElementLimits, elementsOf } from "@/lib/import/read/elements"
import { readImport } from "@/lib/import/read/read"

const folder = mkdtempSync(path.join(tmpdir(), "import-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
async function reading(file: Uint8Array, limits: { textBytes?: number; allBytes?: number } = {}) {
  const own = path.join(folder, String(count++))
  const upload = `${own}.upload`
  writeFileSync(upload, file)
  const chats = await readImport({
    file: upload,
    folder: own,
    textBytes: 5e8,
    allBytes: 2e9,
    maxImageBytes: 2e7,
    ...limits,
  })
  return { chats, found: JSON.parse(readFileSync(path.join(own, "found.json"), "utf8")), own }
}

/** Changes bytes of the first entry in a zip's central directory. */
function withEntry(zip: Buffer, change: (zip: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(zip)
  change(copy, copy.indexOf(Buffer.from([0x50, 0x4b, 1, 2])))
  return copy
}

const zeros = deflateRawSync(Buffer.alloc(50_000_000))

test.each<[string, () => Buffer, string]>([
  ["encrypted", () => withEntry(chatgptZip(), (zip, at) => zip.writeUInt16LE(1, at + 8)), "import:encrypted"],
  [
    "of the 64-bit kind",
    () => withEntry(chatgptZip(), (zip, at) => zip.writeUInt32LE(0xffffffff, at + 24)),
    "import:zip64",
  ],
  [
    "packed in a way that nobody uses",
    () => withEntry(chatgptZip(), (zip, at) => zip.writeUInt16LE(99, at + 10)),
    "import:broken_zip",
  ],
  ["cut off", () => chatgptZip().subarray(0, 300), "import:broken_zip"],
  [
    "a thousand times smaller than what is in it",
    () => zipWithStatedSize("conversations.json", zeros, 50_000_000),
    "import:bomb",
  ],
  ["longer than it says", () => zipWithStatedSize("conversations.json", zeros, 500_000), "import:broken_zip"],
  [
    "shorter than it says",
    () => zipWithStatedSize("conversations.json", deflateRawSync(Buffer.from("[]")), 900),
    "import:broken_zip",
  ],
  [
    "no deflate at all",
    () => zipWithStatedSize("conversations.json", Buffer.from("nothing of the kind"), 900),
    "import:broken_zip",
  ],
  ["of other things", () => zipFile({ "photo.json": { a: 1 }, "b.txt": Buffer.from("x") }), "import:unknown"],
])("a zip that is %s is rejected with a message", async (_, file, code) => {
  await expect(reading(file())).rejects.toMatchObject({ code })
})

test("a zip with overlapping entries is rejected", async () => {
  expect((await reading(overlapping(1))).chats).toBe(1)
  await expect(reading(overlapping(2_000))).rejects.toMatchObject({ code: "import:bomb" })
})

test("too much text, or too much in total, is rejected before unpacking", async () => {
  await expect(reading(chatgptZip(), { textBytes: 1_000 })).rejects.toMatchObject({ code: "import:too_large" })
  await expect(reading(chatgptZip(), { allBytes: 1_000 })).rejects.toMatchObject({ code: "import:unpacks_too_large" })
  await expect(reading(jsonFile([claudeChat()]), { textBytes: 1_000 })).rejects.toMatchObject({
    code: "import:too_large",
  })
})

test("names that point outside the folder are ignored", async () => {
  const { chats, own } = await reading(
    zipFile({
      "../../conversations.json": [claudeChat()],
      "/etc/passwd": Buffer.from("x"),
      "..\\x.png": Buffer.from("x"),
    }),
  )
  expect(chats).toBe(1)
  expect(readFileSync(path.join(own, "chats.ndjson"), "utf8").split("\n")).toHaveLength(5)
})

test.each<[string, string]>([
  ["nothing", ""],
  ["no JSON", "hello"],
  ["a number", "7"],
  ["an empty list", "[]"],
  ["a list of nothing", "[1,null,[]]"],
  ["half a list", '[{"chat_messages":['],
])("%s is not an export", async (_, text) => {
  await expect(reading(Buffer.from(text))).rejects.toMatchObject({ code: "import:unknown" })
})

test("a broken chat is reported, and the others are imported", async () => {
  const text = `\uFEFF[${JSON.stringify(claudeChat("a"))}, {"name": "Broken", oops}, {"title": "Other", "x": 1}, ${JSON.stringify(claudeChat("b"))}]`
  const { chats, found } = await reading(Buffer.from(text))
  expect(chats).toBe(2)
  expect(found.unread).toEqual([
    { title: null, why: "not_json" },
    { title: "Other", why: "unknown" },
  ])
})

test("in Sparkler's own messages, values nested too deep to be written again are dropped and reported, and the rest is imported", async () => {
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`
  const call = `{"type":"tool-x","toolCallId":"1","state":"output-available","input":{},"output":${deep}}`
  const message = `{"id":"m","role":"assistant","parts":[{"type":"text","text":"hi"},${call}],"settings":${deep},"usage":{"input":1,"output":2}}`
  const { chats, found, own } = await reading(
    Buffer.from(`[{"format":"sparkler-chat","version":1,"id":"a","title":"T","messages":[${message}]}]`),
  )
  expect(chats).toBe(1)
  expect(found.losses).toEqual([{ kind: "piece", name: "tool-x", chat: "T" }])
  const lines = readFileSync(path.join(own, "chats.ndjson"), "utf8").trim().split("\n")
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({
    parts: [{ type: "text", text: "hi" }],
    more: { usage: { input: 1, output: 2 } },
  })
})

test("besides chats, no more is imported than an export can contain", async () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `${n}` }))
  const lists = {
    presets: many(200),
    prompts: many(600),
    schemas: many(300),
    models: many(2_000),
    choices: many(20_000),
  }
  const manifest = { format: "sparkler-export", version: 1, ...lists, files: many(50_000) }
  const { found, own } = await reading(zipFile({ "export.json": manifest, "conversations.json": [claudeChat()] }))
  expect(found.extras).toEqual({ presets: 100, prompts: 500, schemas: 200, models: 1_000, choices: 10_000 })
  const kept = JSON.parse(readFileSync(path.join(own, "manifest.json"), "utf8"))
  expect(Object.entries(kept).map(([name, list]) => [name, Array.isArray(list) && list.length])).toEqual(
    Object.entries(found.extras),
  )
})

const LIMITS: ElementLimits = { bytes: 1_000, levels: 5, values: 20 }

async function elements(text: string, piece: number) {
  async function* pieces() {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const found = []
  for await (const element of elementsOf(pieces(), LIMITS))
    found.push("text" in element ? element.text.trim() : "too large")
  return found
}

test.each<[string, string[]]>([
  ['[{"a":"],[\\"}"},2, [3] ]trailing', ['{"a":"],[\\"}"}', "2", "[3]"]],
  ['{"a":[1,2]}', ['{"a":[1,2]}']],
  [`[1,"${"x".repeat(2_000)}",2]`, ["1", "too large", "2"]],
  [`[1,${"[".repeat(9)}${"]".repeat(9)},2]`, ["1", "too large", "2"]],
  [`[1,[${"1,".repeat(30)}1],2]`, ["1", "too large", "2"]],
  ['["ä🌹",""]', ['"ä🌹"', '""']],
  ["   ", []],
])("the elements of %j, however they are chunked", async (text, expected) => {
  for (const piece of [1, 3, 1_000_000]) expect(await elements(text, piece)).toEqual(expected)
})
