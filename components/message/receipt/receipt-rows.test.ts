import { createTranslator } from "next-intl"
import { expect, test } from "vitest"
import { formatDuration } from "@/components/base/message-content"
import { receiptRows, timingRows, totalRows } from "@/components/message/receipt/receipt-rows"
import german from "@/lib/i18n/de.json"
import catalogue from "@/lib/i18n/en.json"

const { receipt } = catalogue
const wording = { t: (name: keyof typeof receipt) => receipt[name], locale: "en" }

test("a version with an edited part shows what was requested", () => {
  const metadata = { parentId: null, createdAt: "2026-11-23T08:00:00.000Z", status: "complete" as const }
  const rows = receiptRows(metadata, { model: "Kimi", changed: `shorter ${"!".repeat(100)}` }, wording)
  expect(rows[1]).toEqual(["Part changed", `shorter ${"!".repeat(72)}`])
})

test("a receipt lists measured values only", () => {
  const metadata = {
    parentId: null,
    createdAt: "2026-11-23T08:00:00.000Z",
    status: "complete" as const,
    usage: { input: 1_200, cachedInput: 1_000, output: 80, reasoning: 30, savedUsd: 0.0027 },
    costUsd: 0.00123,
    timeToFirstTokenMs: 240,
    reasoningMs: 3_400,
  }
  expect(receiptRows(metadata, { model: "Kimi" }, wording).slice(0, -1)).toEqual([
    ["Model", "Kimi"],
    ["Input tokens", "1,200"],
    ["Cached input tokens", "1,000"],
    ["Saved by caching", "$0.0027"],
    ["Output tokens", "80"],
    ["Thinking tokens", "30"],
    ["Time to first token", "240 ms"],
    ["Thought for", "3.4 s"],
    ["Cost", "$0.0012"],
  ])
})

test.each([
  ["accounts/fireworks/models/kimi-k3?service_tier=priority", "unknown"],
  ["accounts/fireworks/models/kimi-k3-spot", "unknown, about {percent}% less than standard"],
  ["accounts/fireworks/models/kimi-k3-spot?fallback=none", "unknown, about {percent}% less than standard"],
  ["accounts/fireworks/routers/some-latest", "unknown"],
  ["accounts/me/models/tuned", "unknown"],
  ["llama3.2:3b", undefined],
  ["sparkler-demo", undefined],
])("an answer of %s with unknown price says so", (model, said) => {
  const metadata = { parentId: null, createdAt: "2026-11-23T08:00:00.000Z", status: "complete" as const, model }
  const cost = (more: object) =>
    receiptRows({ ...metadata, ...more }, { model }, wording).find(([name]) => name === "Cost")?.[1]
  expect(cost({ usage: { input: 1, output: 1 } })).toBe(said)
  expect(cost({ timeToFirstTokenMs: 7 }), "stopped before tokens were counted").toBe(said)
  expect(cost({}), "no output").toBeUndefined()
  expect(cost({ usage: { input: 1, output: 1 }, costUsd: 0.5 })).toBe("$0.500")
})

test("server timings are shown with readable names, and seconds as durations", () => {
  const timings = { "fireworks-server-time-to-first-token": "0.12", "num-concurrent-requests": 3, backend: null }
  expect(timingRows(timings, "en")).toEqual([
    ["time to first token", "120 ms"],
    ["num concurrent requests", "3"],
  ])
  expect(timingRows(undefined, "en")).toEqual([])
})

test("documented timings are named in the user's language, others by the server's name", () => {
  const t = createTranslator({ locale: "de", messages: german, namespace: "receipt" })
  const timings = {
    "prompt-tokens": 66,
    "fireworks-server-processing-time": 2.5,
    "num-steps": 3,
    by: { "prompt-tokens": 1 },
  }
  expect(timingRows(timings, "de", (key, name) => t("serverTiming", { key, name }))).toEqual([
    ["Prompt-Token", "66"],
    ["Verarbeitungszeit", formatDuration(2_500, "de")],
    ["num steps", "3"],
    ["by, prompt tokens", "1"],
  ])
})

test("timing values of any type are displayed", () => {
  const timings = {
    "server-time-per-step": [0.1, 0.2],
    "speculation-accepted": [3, "x", null, true, [1, 2], { a: 1 }],
    cache: { "hit-time": 0.5, by: { layer: [1] }, none: {} },
    empty: [],
    long: "x".repeat(500),
  }
  expect(timingRows(timings, "en")).toEqual([
    ["time per step", "100 ms, 200 ms"],
    ["speculation accepted", '3, x, true, [1,2], {"a":1}'],
    ["cache, hit time", "500 ms"],
    ["cache, by, layer", "1"],
    ["long", "x".repeat(120)],
  ])
  expect(timingRows(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, n])), "en")).toHaveLength(60)
})

test("totals report what they don't include", () => {
  const usage = { input: 10, output: 5 }
  const none = { answers: 0, hidden: 0, uncounted: 0, usage, costUsd: 0, unpriced: 0 }
  expect(totalRows(none, wording)).toEqual([])
  expect(totalRows({ ...none, answers: 4, hidden: 2, uncounted: 1, costUsd: 0.5, unpriced: 1 }, wording)).toEqual([
    ["Answers", "4"],
    ["Answers in other versions", "2"],
    ["Answers without token counts", "1"],
    ["Input tokens", "10"],
    ["Output tokens", "5"],
    ["Cost", "$0.500"],
    ["Answers with unknown price", "1"],
  ])
  const unpriced = totalRows({ ...none, answers: 2, uncounted: 1, unpriced: 1 }, wording)
  expect(unpriced.map(([name]) => name)).not.toContain("Cost")
  expect(totalRows({ ...none, answers: 1, uncounted: 1 }, wording)).toEqual([
    ["Answers", "1"],
    ["Answers without token counts", "1"],
  ])
})

test("numbers are formatted for the user's locale", () => {
  const metadata = {
    parentId: null,
    createdAt: "2026-11-23T08:00:00.000Z",
    status: "complete" as const,
    usage: { input: 1_200, output: 80 },
    timeToFirstTokenMs: 1_240,
  }
  const rows = receiptRows(metadata, { model: "Kimi" }, { ...wording, locale: "de" })
  expect(rows.slice(1, -1).map(([, value]) => value)).toEqual(["1.200", "80", "1,2 s"])
  expect(rows.at(-1)?.[1]).toMatch(/^23\.11\.2026, /)
})
