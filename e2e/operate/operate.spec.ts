/** What the operator sees: JSON logs, metrics, and traces of one session, none of which contain people's text. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { v7 as uuidv7 } from "uuid"
import { startApp } from "@/e2e/support/app"
import { expect, MODEL, test } from "@/e2e/support/fixtures"
import { startDemoServer } from "@/lib/demo/demo-server"

const TOKEN = "MARKED-metrics-token"
const SECRETS = {
  FIREWORKS_API_KEY: "fw-MARKED-key-1234567890",
  AUTH_SECRET: "MARKED-secret-that-signs-cookies-of-everybody",
  METRICS_TOKEN: TOKEN,
  OTEL_EXPORTER_OTLP_HEADERS: "authorization=MARKED-collector-key",
}

/** Accepts traces like an OpenTelemetry collector, by OTLP/HTTP with JSON. */
async function startCollector() {
  const bodies: string[] = []
  const headers: string[] = []
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const piece of request) body += piece
    bodies.push(body)
    headers.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.setHeader("content-type", "application/json")
    response.end("{}")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port }: AddressInfo = Object(server.address())
  return { bodies, headers, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

interface OtlpSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
}

const spansIn = (bodies: string[]): OtlpSpan[] =>
  bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: OtlpSpan[] }[] }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    ),
  )

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern
test("logs, metrics, and traces record what happened, and none of the users' content", async ({}) => {
  const collector = await startCollector()
  const models = [{ id: MODEL, supports_image_input: true }]
  const modelServer = await startDemoServer({ testMode: true, apiKey: SECRETS.FIREWORKS_API_KEY, models })
  const env = {
    ...SECRETS,
    ...{ FIREWORKS_BASE_URL: modelServer.url, DEFAULT_MODEL: MODEL, LOG_FORMAT: "json", LOG_REQUESTS: "true" },
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  }
  const app = await startApp({ env })
  const page = await fetch(`${app.url}/?q=MARKED-query`)
  const cookie = page.headers.get("set-cookie")?.split(";", 1)[0] ?? ""
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${app.url}${path}`, {
      ...init,
      headers: { cookie, "content-type": "application/json", "x-request-id": "MARKED-by-a-stranger", ...init.headers },
    })
    return { id: response.headers.get("x-request-id") ?? "", status: response.status, text: await response.text() }
  }
  const say = (text: string) => {
    const message = { id: uuidv7(), parts: [{ type: "text", text }] }
    return ask("/api/chat", { method: "POST", body: JSON.stringify({ id: uuidv7(), message }) })
  }
  // An answer, one with a tool, and one in which the model server repeats the request.
  const answered = await say("Hello MARKED-prompt")
  await say("Calculate 12 * 34")
  await say("MARKED-prompt [[fault status=400 body=detail]]")
  for (const path of [
    "/share/MARKED-token",
    "/api/shared/MARKED-token/state",
    "/MARKED/nowhere",
    "/api/search?q=MARKED",
  ])
    await ask(path)
  const signIn = { email: "MARKED@example.com", password: "MARKED-password" }
  await ask("/api/account/sign-in", { method: "POST", body: JSON.stringify(signIn) })

  const metrics = async () => (await ask("/api/metrics", { headers: { authorization: `Bearer ${TOKEN}` } })).text
  for (const line of [
    'sparkler_http_request_duration_seconds_count{method="POST",route="/api/chat",status="200"} 3',
    'sparkler_http_request_duration_seconds_count{method="GET",route="/share/[token]",status="404"} 1',
    'sparkler_first_token_seconds_count{family="kimi"} 2',
    'sparkler_answer_duration_seconds_count{status="failed"} 1',
    'sparkler_upstream_faults_total{kind="upstream:bad_request"} 1',
    'sparkler_sign_in_failures_total{way="password"} 1',
    "sparkler_database_up 1",
  ])
    await expect.poll(metrics).toContain(`${line}\n`)
  expect(await metrics()).not.toContain("MARKED")

  expect(await app.stop()).toBe(0)
  const lines = app
    .log()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  for (const line of lines) expect(line).toMatchObject({ time: expect.any(String), level: expect.any(String) })
  expect(answered.id).toMatch(/^[\da-f]{16}$/)
  expect(lines).toContainEqual(
    expect.objectContaining({ request: answered.id, route: "/api/chat", method: "POST", status: 200 }),
  )
  const failed = lines.find(({ level }) => level === "error")
  expect(failed).toMatchObject({ generation: expect.any(String), request: expect.any(String), route: "/api/chat" })
  expect(app.log()).not.toContain("MARKED")

  const spans = spansIn(collector.bodies)
  const named = (name: string) => spans.filter((span) => span.name === name)
  const [generation] = named("generation")
  const above = spans.find(({ spanId }) => spanId === generation?.parentSpanId)
  expect(above?.name).toMatch(/^accept$|^POST \/api\/chat$/)
  const below = spans.filter(({ traceId }) => traceId === generation?.traceId).map(({ name }) => name)
  expect(below).toEqual(expect.arrayContaining(["POST /api/chat", "accept", "model request", "store"]))
  expect(spans.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^execute_tool /))
  expect(collector.headers[0]).toBe("POST /v1/traces MARKED-collector-key")
  expect(collector.bodies.join()).not.toMatch(/MARKED|Hello|127\.0\.0\.1|12 \* 34/)
  await modelServer.close()
  collector.close()
})
