import { expect, test } from "vitest"
import { receiptRows, timingRows, totalRows } from "@/components/message/receipt-rows"
import catalogue from "@/lib/i18n/en.json"

const { receipt } = catalogue
const t = (name: keyof typeof receipt) => receipt[name]

test("a receipt lists what was measured and nothing else", () => {
  const metadata = {
    parentId: null,
    createdAt: "2026-11-23T08:00:00.000Z",
    status: "complete" as const,
    usage: { input: 1_200, cachedInput: 1_000, output: 80 },
    costUsd: 0.00123,
    timeToFirstTokenMs: 240,
    reasoningMs: 3_400,
  }
  expect(receiptRows(metadata, "Kimi", t).slice(0, -1)).toEqual([
    ["Model", "Kimi"],
    ["Tokens in", "1,200"],
    ["of these cached", "1,000"],
    ["Tokens out", "80"],
    ["First token after", "240 ms"],
    ["Thought for", "3.4 s"],
    ["Cost", "$0.0012"],
  ])
})

test("a server's timings are said in words, seconds as durations", () => {
  const timings = { "fireworks-server-time-to-first-token": "0.12", "num-concurrent-requests": 3, backend: null }
  expect(timingRows(timings)).toEqual([
    ["time to first token", "120 ms"],
    ["num concurrent requests", "3"],
  ])
  expect(timingRows(undefined)).toEqual([])
})

test("totals say what is not in them", () => {
  const usage = { input: 10, output: 5 }
  expect(totalRows({ answers: 0, usage, costUsd: 0, unpriced: 0 }, t)).toEqual([])
  expect(totalRows({ answers: 3, usage, costUsd: 0.5, unpriced: 1 }, t)).toEqual([
    ["Answers", "3"],
    ["Tokens in", "10"],
    ["Tokens out", "5"],
    ["Cost", "$0.500"],
    ["of unknown price", "1"],
  ])
  expect(totalRows({ answers: 1, usage, costUsd: 0, unpriced: 1 }, t).map(([name]) => name)).not.toContain("Cost")
})
