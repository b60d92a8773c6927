/** Traces of real answers, sent to a real collector: what they contain, and what they don't. */
import { createServer } from "node:http"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { ask, eventsOf, send, setUp, started } from "@/lib/generation/generation.fixture"
import { inSpan, setTracing, stopTracing } from "@/lib/observe/trace"
import { runInContext } from "@/lib/request-context"

interface OtlpSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
}

const bodies: string[] = []
const asked: string[] = []
const collector = createServer(async (request, response) => {
  let body = ""
  for await (const piece of request) body += piece
  bodies.push(body)
  asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
  response.setHeader("content-type", "application/json").end("{}")
})

setUp()
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve))
  const address = collector.address()
  const port = typeof address === "object" && address ? address.port : 0
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", `http://127.0.0.1:${port}`)
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=MARKED-collector-key")
  const { startTracing } = await import("@/lib/observe/tracing")
  startTracing({ instance: "process-1", tellModelServers: false })
})
afterAll(() => {
  setTracing(null)
  vi.unstubAllEnvs()
  collector.close()
})

const spans = (): OtlpSpan[] =>
  bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: OtlpSpan[] }[] }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  )

test("an answer is traced from acceptance to storage, without any of its content", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const answered = async (text: string) => {
    const { response } = await runInContext({ requestId: "r-1" }, () => inSpan("accept", {}, () => send(ask(text))))
    return eventsOf(response)
  }
  const { events } = await answered("Calculate sqrt(144) + 5")
  expect(events.map(({ chunk }) => chunk.type)).toContain("tool-output-available")
  await answered("MARKED-prompt [[fault status=400 body=detail]]")
  await stopTracing()

  expect(asked[0]).toBe("POST /v1/traces MARKED-collector-key")
  const all = spans()
  const [accept] = all.filter(({ name }) => name === "accept")
  const [generation] = all.filter(({ name }) => name === "generation")
  expect(generation?.parentSpanId).toBe(accept?.spanId)
  const names = all.filter(({ traceId }) => traceId === accept?.traceId).map(({ name }) => name)
  for (const name of ["model request", "store"]) expect(names).toContain(name)
  expect(names.join("\n")).toMatch(/^chat /m)
  expect(names.join("\n")).toMatch(/^execute_tool calculate/m)
  expect(bodies.join()).not.toMatch(/MARKED|sqrt|127\.0\.0\.1|fw-test/)
  expect(bodies.join()).toContain("upstream:bad_request")
  // No trace context is sent to the model server.
  expect(started.server.requests.map(({ headers }) => headers?.traceparent)).not.toContainEqual(expect.anything())
})
