/** The demo model plays a folder of recordings over HTTP, including tool steps. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, expect, test, vi } from "vitest"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import { Recordings } from "@/lib/demo/recordings"
import { FORMAT } from "@/lib/recording/format"
import { MAX_GAP_MS } from "@/lib/recording/timeline"

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-recordings-"))
let server: DemoServer | undefined
afterEach(async () => {
  vi.useRealTimers()
  await server?.close()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

const head = (text: string) => ({
  ...{ format: FORMAT, version: 1, savedAt: "", sparkler: "0.1.0", node: "v24.0.0", model: "m", server: "" },
  ...{ question: { text, files: [] }, pictures: [], removed: { keys: 0, links: 0, emails: 0 } },
})
const request = (number: number, at: number) => ({
  ...{ type: "request", at, number, url: "", body: {}, sameMessages: 0 },
})
const response = (number: number, at: number, status = 200, headers = {}) => ({
  ...{ type: "response", at, number, status, headers: { "content-type": "text/event-stream", ...headers } },
})
const data = (number: number, at: number, text: string) => ({ type: "data", at, number, text })

function keep(name: string, lines: object[]): void {
  rmSync(path.join(folder, name), { force: true })
  writeFileSync(path.join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""))
}

/** A turn in which the first attempt was refused, a tool was called, and the answer came in two pieces. */
const TURN = [
  head("What is it?"),
  ...[request(1, 0), response(1, 5, 429, { "retry-after": "1" }), data(1, 5, "{}")],
  ...[request(2, 1_000), response(2, 1_010), data(2, 1_020, "data: call\n\n")],
  ...[request(3, 2_000), response(3, 2_010), data(3, 2_100, "data: one\n\n"), data(3, 2_160, "data: two\n\n")],
]

async function ask(messages: object[], more = {}) {
  const body = JSON.stringify({ model: "sparkler-demo", stream: true, messages, ...more })
  const began = performance.now()
  const answer = await fetch(`${server?.url}/chat/completions`, { method: "POST", body })
  return { status: answer.status, text: await answer.text(), ms: performance.now() - began }
}

const user = (content: string) => ({ role: "user", content })
const calls = (id: string) => [
  {
    role: "assistant",
    content: null,
    tool_calls: [{ id, type: "function", function: { name: "t", arguments: "{}" } }],
  },
  { role: "tool", tool_call_id: id, content: "1" },
]
const called = calls("c")

async function start(): Promise<Recordings> {
  const { mkdirSync } = await import("node:fs")
  mkdirSync(folder, { recursive: true })
  const recordings = new Recordings(folder)
  server = await startDemoServer({ recordings, tokensPerSecond: 0, firstTokenMs: 0 })
  return recordings
}

test("a question with the same words replays the recorded answers, step by step, at their original speed", async () => {
  await start()
  keep("turn.ndjson", TURN)
  expect(await ask([user("  what IS\nit ")])).toMatchObject({ status: 200, text: "data: call\n\n" })
  const last = await ask([user("Hello"), { role: "assistant", content: "Hi" }, user("What is it?"), ...called])
  expect(last).toMatchObject({ status: 200, text: "data: one\n\ndata: two\n\n" })
  // 100 ms to the first piece, 60 between the two.
  expect(last.ms).toBeGreaterThan(140)
  expect((await ask([user("What is that?")])).text).toContain("[DONE]")
  // After the last recorded step, and without streaming, the model answers itself.
  expect((await ask([user("What is it?"), ...called, ...calls("d")])).text).toContain("[DONE]")
  expect((await ask([user("What is it?")], { stream: false })).text).toContain('"message"')
})

test("a permanent refusal is replayed, and so is a broken connection", async () => {
  await start()
  const failed = [head("Refused"), request(1, 0), response(1, 5, 402), data(1, 5, '{"error":"no credit"}')]
  keep("failed.json", failed)
  expect(await ask([user("Refused")])).toMatchObject({ status: 402, text: '{"error":"no credit"}' })
  const end = { type: "end", at: 30, number: 1, error: "socket hang up" }
  keep("broken.ndjson", [head("Broken"), request(1, 0), response(1, 5), data(1, 10, "data: one\n\n"), end])
  await vi.waitFor(() => expect(ask([user("Broken")])).rejects.toThrow(), { timeout: 60_000, interval: 300 })
})

test("unreadable files are skipped; changes are picked up", async () => {
  const recordings = await start()
  keep("a-broken.ndjson", [{ format: "other" }])
  keep("b.ndjson", TURN)
  keep("c.txt", TURN)
  const log = vi.spyOn(console, "error").mockImplementation(() => {})
  expect(await recordings.find("What is it")).toHaveLength(2)
  expect(log.mock.calls.flat().join(" ")).toContain("a-broken.ndjson")
  log.mockRestore()
  keep("b.ndjson", [head("Another"), ...TURN.slice(1)])
  utimesSync(path.join(folder, "b.ndjson"), new Date(), new Date(Date.now() + 5_000))
  await vi.waitFor(async () => expect(await recordings.find("Another!")).toHaveLength(2), { timeout: 60_000 })
  expect(await recordings.find("What is it")).toBeNull()
})

test("a question of punctuation only is handled quickly, and an ellipsis counts as punctuation", async () => {
  const recordings = await start()
  keep("b.ndjson", [head("What is it…"), ...TURN.slice(1)])
  expect(await recordings.find("What is it?")).toHaveLength(2)
  const began = performance.now()
  expect(await recordings.find(`${"! ".repeat(100_000)}x`)).toBeNull()
  expect(performance.now() - began).toBeLessThan(5_000)
})

test("a missing folder is not fatal", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {})
  expect(await new Recordings(path.join(folder, "gone")).find("What is it")).toBeNull()
  expect(log.mock.calls.flat().join(" ")).toContain("gone")
  log.mockRestore()
})

test("a recorded pause of a year is capped", async () => {
  const recordings = await start()
  keep("slow.ndjson", [head("Slow"), request(1, 0), response(1, 5), data(1, 80_000_000, "data: late\n\n")])
  const [step] = (await recordings.find("Slow")) ?? []
  expect(step?.pieces).toEqual([{ wait: MAX_GAP_MS, text: "data: late\n\n" }])
})
