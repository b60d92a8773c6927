import { createServer, type RequestListener } from "node:http"
import { afterAll, afterEach, expect, test, vi } from "vitest"
import { familyOf } from "@/lib/observe/families"
import { startGauges } from "@/lib/observe/gauges"
import {
  countAnswer,
  countAttempt,
  countFirstToken,
  countRequest,
  countSpending,
  meters,
  startMeters,
  stopMeters,
} from "@/lib/observe/meters"
import { onAnswered, watchRequests } from "@/lib/observe/requests"
import { isScraper, scrape } from "@/lib/observe/scrape"
import { siblings } from "@/lib/observe/siblings"
import { observed } from "@/lib/server/observe.mjs"
import { routeNames } from "@/lib/server/routes.mjs"

afterEach(() => {
  stopMeters()
  delete siblings().ask
})

const seriesOf = (text: string) => text.split("\n").filter((line) => line.startsWith("sparkler_"))
const scraped = async () => (await scrape())?.text ?? ""

test("nothing is counted or exposed before metrics are enabled", async () => {
  countRequest("GET", "/", 200, 0.1)
  expect([meters(), await scrape()]).toEqual([null, null])
})

test("an answer is counted with its tokens, its cost, and its errors", async () => {
  await startMeters()
  countFirstToken("accounts/fireworks/models/kimi-k3", 0.3)
  countAnswer({ status: "failed", seconds: 3, fault: "upstream:cut" })
  for (const status of [200, 429, 503, null]) countAttempt(status)
  countSpending({ input: 100, cachedInput: 80, output: 20, reasoning: 5, costUsd: 0.25, ownKey: false })
  const text = await scraped()
  for (const line of [
    'sparkler_first_token_seconds_count{family="kimi"} 1',
    'sparkler_answer_duration_seconds_count{status="failed"} 1',
    'sparkler_upstream_faults_total{kind="upstream:cut"} 1',
    'sparkler_upstream_attempts_total{outcome="429"} 1',
    'sparkler_upstream_attempts_total{outcome="5xx"} 1',
    'sparkler_upstream_attempts_total{outcome="no_answer"} 1',
    'sparkler_tokens_total{kind="input"} 100',
    'sparkler_tokens_total{kind="cached_input"} 80',
    'sparkler_cost_usd_total{billed_to="sparkler"} 0.25',
  ])
    expect(text).toContain(line)
  expect(text).toContain("nodejs_eventloop_lag_p99_seconds")
})

test("10,000 unusual paths, methods, and model names create only a few series, and appear in none", async () => {
  await startMeters()
  const routeOf = routeNames({
    staticRoutes: [{ page: "/" }],
    dynamicRoutes: [{ page: "/share/[token]", regex: "^/share/([^/]+?)(?:/)?$" }],
  })
  for (let n = 0; n < 10_000; n++) {
    const odd = `MARKED-${n}`
    countRequest(n % 3 ? "GET" : odd, routeOf(n % 2 ? `/share/${odd}` : `/${odd}/x?y=${odd}`), 404, 0.01)
    countFirstToken(`accounts/${odd}/models/${n % 2 ? odd : `kimi-${odd}`}`, 1)
  }
  const text = await scraped()
  expect(text).not.toContain("MARKED")
  expect(seriesOf(text).length).toBeLessThan(200)
  expect(text).toContain(
    'sparkler_http_request_duration_seconds_count{method="other",route="/share/[token]",status="404"}',
  )
})

test.each([
  ["accounts/fireworks/models/glm-5p3-flash", "glm"],
  ["accounts/fireworks/models/kimi-k3?service_tier=priority", "kimi"],
  ["gpt-oss:20b", "gpt-oss"],
  ["gpt-5", "gpt"],
  ["meta-llama/Meta-Llama-3.1-8B", "llama"],
  ["accounts/someone/deployedModels/secret-name", "other"],
  ["", "other"],
])("%s belongs to the family %s", (model, family) => {
  expect(familyOf(model)).toBe(family)
})

test("gauges are queried on each scrape; a hanging or failing database is reported, not waited for", async () => {
  vi.useFakeTimers()
  const { registry } = await startMeters()
  let answers: Promise<unknown> = Promise.resolve(1)
  let running = 3
  const stoppedBy = { time: 2, memory: 1, fault: 0, closed: 0 }
  await startGauges(registry, {
    now: () => ({ running_answers: running, event_streams: 7 }),
    work: () => ({ threads: { threads: 2, running: 1, waiting: 4, done: 9, refused: 1, stoppedBy } }),
    jobs: () => answers.then(() => [{ kind: "purge", state: "waiting", count: 2 }]),
    database: () => answers,
  })
  const well = await scraped()
  for (const line of [
    "sparkler_running_answers 3",
    "sparkler_event_streams 7",
    'sparkler_work_waiting{pool="threads"} 4',
    'sparkler_work_tasks_total{pool="threads",outcome="time"} 2',
    'sparkler_jobs{kind="purge",state="waiting"} 2',
    "sparkler_database_up 1",
  ])
    expect(well).toContain(line)
  running = 0
  answers = new Promise(() => {})
  const hanging = scraped()
  await vi.advanceTimersByTimeAsync(2_500)
  const told = await hanging
  vi.useRealTimers()
  for (const line of ["sparkler_running_answers 0", "sparkler_database_up 0"]) expect(told).toContain(line)
  expect(told).toContain('sparkler_work_tasks_total{pool="threads",outcome="done"} 9')
  expect(told).not.toContain("sparkler_jobs{")
  answers = Promise.reject(new Error("gone"))
  expect(await scraped()).toContain("sparkler_database_up 0")
})

test("only requests with the token are authorized", () => {
  const token = "a-token-for-the-scraper"
  const with_ = (authorization?: string) => new Headers(authorization ? { authorization } : {})
  expect(isScraper(with_(`Bearer ${token}`), token)).toBe(true)
  for (const wrong of [
    undefined,
    "",
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    "Bearer ",
  ])
    expect(isScraper(with_(wrong), token)).toBe(false)
})

const answer: RequestListener = (request, response) => {
  if (request.url !== "/stream") return void response.writeHead(201).end("done")
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.write("data: 1\n\n")
}
const server = createServer(observed(answer, (url) => url, false))
afterAll(() => server.closeAllConnections())
afterAll(() => server.close())

test("a request is counted once, when its response ends, an event stream when it begins", async () => {
  const told: string[] = []
  watchRequests(onAnswered(({ method, route, status }) => told.push(`${method} ${route} ${status}`)))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const url = typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : ""
  await (await fetch(`${url}/plain`, { method: "POST" })).text()
  const leave = new AbortController()
  await fetch(`${url}/stream`, { signal: leave.signal })
  await expect.poll(() => told).toEqual(["POST /plain 201", "GET /stream 200"])
  // Its end isn't counted twice: the next request follows immediately.
  leave.abort()
  await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0)
  await (await fetch(`${url}/last`)).text()
  await expect.poll(() => told.slice(2)).toEqual(["GET /last 201"])
})
