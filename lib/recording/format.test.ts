/** Recording files from any source: truncated, damaged, malicious. */
import { expect, test } from "vitest"
import { FORMAT, MAX_MS } from "@/lib/recording/format"
import { RecordingError, readRecording } from "@/lib/recording/read"
import { framesOf, MAX_GAP_MS } from "@/lib/recording/timeline"

const HEAD = {
  ...{ format: FORMAT, version: 1, savedAt: "2026-11-30T20:00:00.000Z", sparkler: "0.1.0", node: "v20.20.2" },
  ...{ model: "m", server: "https://api.example.com/v1", question: { text: "Hi", files: [] }, pictures: [] },
  removed: { keys: 0, links: 0, emails: 0 },
}
const chunks = (at: unknown, ...list: object[]) => ({ type: "chunks", at, chunks: list })
const delta = (text: string) => ({ type: "text-delta", id: "1", delta: text })
const LINES = [
  { type: "run", at: 0, startedAt: "2026-11-30T20:00:00.000Z" },
  { type: "request", at: 1, number: 1, url: "https://api.example.com/v1/chat/completions", body: {}, sameMessages: 0 },
  { type: "response", at: 20, number: 1, status: 200, headers: { "x-request-id": "r" } },
  { type: "data", at: 30, number: 1, text: 'data: {"choices":[]}\n\n' },
  chunks(30, { type: "start" }, { type: "text-start", id: "1" }, delta("Grüße, ")),
  chunks(80, delta("Wörld \u{1F30D}")),
  { type: "end", at: 90, number: 1 },
  { type: "finish", at: 90, status: "complete" },
]
const fileOf = (head: object, lines: object[]) => [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("")
const problemOf = (text: string) => {
  try {
    readRecording(text)
    return null
  } catch (error) {
    if (error instanceof RecordingError) return `${error.reason} ${error.line}`
    throw error
  }
}
const texts = (text: string) =>
  framesOf(readRecording(text).events)
    .flatMap((frame) => frame.chunks)
    .map((chunk) => (chunk.type === "text-delta" ? chunk.delta : ""))
    .join("")

test("a complete file is read", () => {
  const { head, events, whole } = readRecording(fileOf(HEAD, LINES))
  expect({ head, count: events.length, whole }).toEqual({ head: HEAD, count: LINES.length, whole: true })
})

test("a file truncated anywhere plays up to that point, or is reported as empty", () => {
  const file = fileOf(HEAD, LINES)
  const all = texts(file)
  const head = JSON.stringify(HEAD).length
  const seen = new Set<string>()
  for (let length = 0; length < file.length; length++) {
    const part = file.slice(0, length)
    const problem = problemOf(part)
    if (length < head) expect(problem, part).toMatch(/^(other|line) 1$/)
    else if (problem !== null) expect(problem).toBe("empty 1")
    else {
      const { whole } = readRecording(part)
      // Only the final line break is missing.
      expect(whole).toBe(length === file.length - 1)
      expect(all.startsWith(texts(part))).toBe(true)
      seen.add(texts(part))
    }
  }
  expect([...seen]).toEqual(["", "Grüße, ", all])
})

test.each([
  ["no JSON", "Hello\n", "other 1"],
  ["a list", "[]\n", "other 1"],
  ["another format", fileOf({ ...HEAD, format: "har" }, LINES), "other 1"],
  ["a newer version", fileOf({ ...HEAD, version: 2 }, LINES), "version 1"],
  ["a version that is no number", fileOf({ ...HEAD, version: "1" }, LINES), "line 1"],
  ["a head without a question", fileOf({ ...HEAD, question: undefined }, LINES), "line 1"],
  ["nothing of an answer", fileOf(HEAD, LINES.slice(0, 3)), "empty 1"],
  ["a line of another kind", fileOf(HEAD, [{ type: "run-this", at: 0 }, ...LINES]), "line 2"],
  ["a damaged line", `${fileOf(HEAD, LINES)}{"type":\n{}\n`, "line 10"],
  ["a time that is no number", fileOf(HEAD, [chunks("1"), ...LINES]), "line 2"],
  ["a time beyond all numbers", fileOf(HEAD, LINES).replace('"at":30', '"at":1e999'), "line 5"],
  ["a status of no server", fileOf(HEAD, [{ ...LINES[2], status: 99_999 }, ...LINES]), "line 2"],
  ["chunks that are none", fileOf(HEAD, [chunks(0, { type: 1 }), ...LINES]), "line 2"],
  ["a depth that nobody can walk", `${fileOf(HEAD, LINES)}${"[".repeat(100_000)}\n{}\n`, "line 10"],
])("%s is reported", (_, file, problem) => {
  expect(problemOf(file)).toBe(problem)
})

test("timestamps never go backwards, and pauses of a year are capped", () => {
  const year = 31_536_000_000
  const times = [-5, 100, 50, year, year + 1].map((at) => chunks(at, delta("x")))
  const frames = framesOf(readRecording(fileOf(HEAD, times)).events)
  expect(frames.map(({ at }) => at)).toEqual([0, 100, 100, 100 + MAX_GAP_MS, 100 + MAX_GAP_MS])
  expect(MAX_MS).toBeLessThan(year)
})

test("a second run starts over", () => {
  const run = { type: "run", at: 0, startedAt: "" }
  const frames = framesOf(
    readRecording(fileOf(HEAD, [run, chunks(700, delta("a")), run, chunks(30, delta("b"))])).events,
  )
  expect(frames).toMatchObject([
    { at: 700, anew: true },
    { at: 730, anew: true },
  ])
})

test("invalid message chunks are not shown", () => {
  const hostile = [
    { type: "text-delta", id: "1", delta: { toString: "x" } },
    { type: "text-delta", delta: "without an id" },
    { type: "text-start" },
    { type: "tool-input-start", toolCallId: "c" },
    { type: "tool-input-available", toolName: 7, toolCallId: "c" },
    { type: "tool-output-available", output: "of no call" },
    { type: "tool-approval-request", toolCallId: "c" },
    { type: "source-url", url: "https://evil.example.com/x.png" },
    { type: "file", url: "https://evil.example.com/x.png", mediaType: "image/png" },
    { type: "constructor" },
    { type: "__proto__" },
  ]
  const [frame] = framesOf(readRecording(fileOf(HEAD, [chunks(0, ...hostile, delta("kept"))])).events)
  expect(frame?.chunks).toEqual([delta("kept")])
})
