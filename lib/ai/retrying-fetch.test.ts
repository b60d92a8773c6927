import { expect, test } from "vitest"
import { retryingFetch } from "@/lib/ai/retrying-fetch"
import { setTracing } from "@/lib/observe/trace"

function server(answers: (number | Error)[], headers: Record<string, string> = {}) {
  const waits: number[] = []
  let asked = 0
  const fetchUpstream = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)]
    if (answer instanceof Error || answer === undefined) throw answer
    return new Response("body", { status: answer, headers })
  }
  const ask = retryingFetch(fetchUpstream, { sleep: async (ms) => void waits.push(ms) })
  return { ask: () => ask("http://127.0.0.1/"), waits, asked: () => asked }
}

test.each([408, 429, 502, 503, 504, 520])("%i is tried three times, with growing delays", async (status) => {
  const { ask, waits, asked } = server([status])
  expect((await ask()).status).toBe(status)
  expect(asked()).toBe(3)
  expect(waits).toEqual([400, 800])
})

test("500 and a refused connection are tried twice", async () => {
  const fault = server([500])
  expect((await fault.ask()).status).toBe(500)
  expect(fault.asked()).toBe(2)
  const closed = server([new TypeError("fetch failed")])
  await expect(closed.ask()).rejects.toThrow("fetch failed")
  expect(closed.asked()).toBe(2)
})

test.each([400, 401, 402, 404, 412, 413, 422])("%i is not retried", async (status) => {
  const { ask, asked } = server([status])
  expect((await ask()).status).toBe(status)
  expect(asked()).toBe(1)
})

test("a successful retry after shed load is returned", async () => {
  expect((await server([503, 200]).ask()).status).toBe(200)
})

test("retry-after is honored in seconds and as a date, within reason", async () => {
  const seconds = server([429, 200], { "retry-after": "3" })
  await seconds.ask()
  expect(seconds.waits).toEqual([3_000])
  const date = server([429, 200], { "retry-after": new Date(Date.now() + 15_000).toUTCString() })
  await date.ask()
  expect(date.waits[0]).toBeGreaterThan(2_000)
  const tooLong = server([429, 200], { "retry-after": "3600" })
  expect((await tooLong.ask()).status).toBe(429)
})

test("a model server gets the trace header only when enabled, and its other headers are kept", async () => {
  const told: (string | null)[][] = []
  const upstream: typeof fetch = async (_, init) => {
    const headers = new Headers(init?.headers)
    told.push([headers.get("traceparent"), headers.get("authorization")])
    return new Response("{}")
  }
  const ask = () => retryingFetch(upstream)("http://x", { headers: { authorization: "Bearer k" } })
  const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  let header: string | null = null
  setTracing({ inSpan: (_name, _facts, work) => work(() => {}), traceparent: () => header, stop: async () => {} })
  await ask()
  header = parent
  await ask()
  setTracing(null)
  await ask()
  expect(told).toEqual([
    [null, "Bearer k"],
    [parent, "Bearer k"],
    [null, "Bearer k"],
  ])
})
