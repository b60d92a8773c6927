/** Ways of serving: deployments that scale from zero, spot without capacity, priority, the newest model of a family. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest"
import { config } from "@/lib/config"
import {
  ask,
  eventsOf,
  metadataOf,
  modules,
  never,
  readUntil,
  send,
  setUp,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"
import {
  answerWith,
  chunk,
  event,
  finish,
  type RawUpstream,
  type Script,
  startRawUpstream,
  stream,
  text,
  usage,
} from "@/lib/generation/raw-upstream.fixture"

setUp()

const KIMI = "accounts/fireworks/models/kimi-k3"
const SPOT = `${KIMI}-spot`
const DEPLOYMENT = "accounts/me/deployments/d"
const SCALING_UP = '{"error":{"message":"Deployment is scaling up","code":"DEPLOYMENT_SCALING_UP","type":"error"}}'
const scalingUp = answerWith(503, SCALING_UP, { "content-type": "application/json", "retry-after": "0" })
const noRoom = answerWith(503, '{"error":{"message":"no spot capacity"}}', { "retry-after": "0" })
const role = chunk({ role: "assistant", content: "" })
const ok = stream(text("Up and running"), finish())

let upstream: RawUpstream
const limits = { firstTokenMs: 0, startingMs: 0 }
beforeAll(async () => {
  upstream = await startRawUpstream(KIMI)
  config().baseUrl = upstream.url
  Object.assign(limits, config().limits)
})
afterAll(() => upstream.close())
afterEach(() => Object.assign(config().limits, limits))

/** One question to a model, answered as scripted. */
async function live(model: string, script: Script) {
  upstream.asked = []
  upstream.script = script
  const request = ask("Hello there", { model })
  const { events } = await eventsOf((await send(request)).response)
  const [, answer] = await stored(request.id)
  const asked = upstream.asked.map((one) => one.model)
  return { request, events, answer, asked, error: answer?.metadata?.error, cost: metadataOf(events)?.costUsd }
}

const data = (events: Awaited<ReturnType<typeof eventsOf>>["events"], type: string) =>
  events.flatMap(({ chunk: one }) => (one.type === type ? [one.data] : []))

describe("spot", () => {
  const unlessSpot: Script = (response, body) => (body.model === SPOT ? noRoom : ok)(response, body)

  test("without capacity falls back to standard immediately, and the answer shows model and price", async () => {
    const { answer, asked, cost } = await live(SPOT, unlessSpot)
    expect(textOf(answer)).toBe("Up and running")
    expect(asked).toEqual([SPOT, KIMI])
    expect(answer?.metadata?.model).toBe(SPOT)
    expect(answer?.parts).toContainEqual(expect.objectContaining({ type: "data-served", data: { model: KIMI } }))
    expect(cost).toBeCloseTo((10 * 3 + 5 * 15) / 1_000_000)
  })

  const json = (status: number, body: object) => answerWith(status, JSON.stringify(body), { "retry-after": "0" })
  const capacity = { error: { message: "No capacity left for spot requests", code: "CAPACITY" } }
  const gone = { error: { message: "Model not found, inaccessible, and/or not deployed", code: "NOT_FOUND" } }

  test.each<[what: string, refusal: Script]>([
    ["529", json(529, { error: { type: "overloaded_error" } })],
    ["a 429 for want of room", json(429, capacity)],
    ["a 404: there is no such spot model (any more)", json(404, gone)],
    ["a 200 whose first event says so", stream(event(capacity))],
    ["a 200 whose first event says so behind a ping and the role", stream(": ping\n\n", role, event(capacity))],
    ["a 200 whose first event is the 404", stream(event(gone))],
  ])("falls back after %s", async (_, refusal) => {
    const script: Script = (response, body) => (body.model === SPOT ? refusal : ok)(response, body)
    const { answer, asked, cost } = await live(SPOT, script)
    expect(textOf(answer)).toBe("Up and running")
    expect(asked).toEqual([SPOT, KIMI])
    expect(answer?.parts).toContainEqual(expect.objectContaining({ type: "data-served", data: { model: KIMI } }))
    expect(cost).toBeCloseTo((10 * 3 + 5 * 15) / 1_000_000)
  })

  test.each<[what: string, refusal: Script, code: string]>([
    [
      "one's own limit",
      json(429, { error: { message: "Rate limit of 60,000 tokens a minute reached" } }),
      "rate_limit",
    ],
    ["a suspended account", json(412, { error: { message: "Account is suspended", code: "X" } }), "billing"],
    ["no plan", json(402, { error: { message: "Payment required" } }), "billing"],
    ["a wrong key", json(401, { error: { message: "Invalid key" } }), "auth"],
    ["a wrong address", answerWith(404, "<html><body>Not found</body></html>"), "wrong_address"],
    ["a refused request", stream(event({ error: { message: "Bad role", code: 400 } })), "bad_request"],
  ])("does not fall back for %s, which would affect standard too", async (_, refusal, code) => {
    const { error, asked } = await live(SPOT, refusal)
    expect(error?.code).toBe(`upstream:${code}`)
    expect(new Set(asked)).toEqual(new Set([SPOT]))
  })

  test("with capacity answers itself, at an unknown price", async () => {
    const { answer, asked, cost } = await live(SPOT, ok)
    expect(asked).toEqual([SPOT])
    expect(cost).toBeUndefined()
    expect(answer?.parts.map(({ type }) => type)).not.toContain("data-served")
  })

  test("does not fall back when fallback is disabled", async () => {
    const { error, asked } = await live(`${SPOT}?fallback=none`, unlessSpot)
    expect(error).toMatchObject({ code: "upstream:overloaded", retryable: true })
    expect(new Set(asked)).toEqual(new Set([SPOT]))
  })

  test("does not fall back once text has arrived", async () => {
    const cut: Script = stream(text("Half an"))
    const { error, asked, answer } = await live(SPOT, cut)
    expect(error?.code).toBe("upstream:cut")
    expect(textOf(answer)).toBe("Half an")
    expect(asked).toEqual([SPOT])
  })
})

describe("a deployment scaled to zero", () => {
  test("is waited for past the first-token timeout, and answers", async () => {
    config().limits.firstTokenMs = 3_000
    // Retries are at least a tenth of a second apart.
    const { answer, events, asked } = await live(DEPLOYMENT, (response, body) =>
      (upstream.asked.length > 31 ? ok : scalingUp)(response, body),
    )
    expect(textOf(answer)).toBe("Up and running")
    expect(asked).toHaveLength(32)
    const told = data(events, "data-starting")
    expect(told[0]).toMatchObject({ over: false })
    expect(told.at(-1)).toMatchObject({ over: true, elapsedMs: expect.any(Number) })
    expect(answer?.parts.map(({ type }) => type)).toEqual(["step-start", "text"])
  })

  test("that does not start in time fails with an error message, and Retry keeps waiting", async () => {
    config().limits.startingMs = 1_000
    const { request, error, answer, events } = await live(DEPLOYMENT, scalingUp)
    expect(error).toMatchObject({
      code: "upstream:scaling_up",
      message: "The deployment didn't start within 1 second. Check its state at Fireworks, or retry to keep waiting.",
      retryable: true,
    })
    expect(answer?.metadata?.status).toBe("failed")
    expect(data(events, "data-starting").at(-1), "no clock runs on").toMatchObject({ over: true })
    config().limits.startingMs = limits.startingMs
    upstream.asked = []
    upstream.script = (response, body) => (upstream.asked.length > 3 ? ok : scalingUp)(response, body)
    const again = { ...request, responseId: uuidv7() }
    expect((await eventsOf((await send(again)).response)).text).toBe("Up and running")
    expect(upstream.asked).toHaveLength(4)
  })

  test("is reported to followers, and Stop ends the wait immediately", async () => {
    upstream.script = answerWith(503, SCALING_UP, { "retry-after": "60" })
    const { stopConversation, followMessages } = await modules()
    const request = ask("Hello there", { model: DEPLOYMENT })
    const { answerId, response } = await send(request)
    await readUntil(response, "data-starting")
    await readUntil(await followMessages(user.id, [answerId], { signal: never }), '"over":false')
    // The user's other conversations continue.
    upstream.script = ok
    const other = ask("And this one?")
    await eventsOf((await send(other)).response)
    expect(textOf((await stored(other.id))[1])).toBe("Up and running")
    await stopConversation(user.id, request.id)
    const [, answer] = await stored(request.id)
    expect(answer?.metadata?.status).toBe("stopped")
    expect(answer?.parts).toEqual([])
  })

  test("leaves an interrupted answer when the server shuts down", async () => {
    upstream.script = answerWith(503, SCALING_UP, { "retry-after": "60" })
    const { runtime } = await modules()
    const request = ask("Hello there", { model: DEPLOYMENT })
    const { response } = await send(request)
    await readUntil(response, "data-starting")
    const running = [...runtime().running.values()].find(({ conversationId }) => conversationId === request.id)
    running?.abort("shutdown")
    await running?.done
    expect((await stored(request.id))[1]?.metadata?.status).toBe("interrupted")
  })

  test("that then fails reports that failure", async () => {
    let times = 0
    const { error } = await live(DEPLOYMENT, (response, body) =>
      ++times < 3 ? scalingUp(response, body) : answerWith(404, "{}")(response, body),
    )
    expect(error?.code).toBe("upstream:model_not_found")
  })
})

test("priority uses the same model with a service tier, at an unknown price", async () => {
  const { asked, answer, cost } = await live(`${KIMI}?service_tier=priority`, ok)
  expect(asked).toEqual([KIMI])
  expect(upstream.asked[0]?.service_tier).toBe("priority")
  expect(answer?.metadata?.model).toBe(`${KIMI}?service_tier=priority`)
  expect(cost).toBeUndefined()
})

test("fast is a router with its own price", async () => {
  const { asked, cost } = await live("accounts/fireworks/routers/kimi-k3-fast", ok)
  expect(asked).toEqual(["accounts/fireworks/routers/kimi-k3-fast"])
  expect(cost).toBeCloseTo((10 * 4.5 + 5 * 22.5) / 1_000_000)
})

test("for a family's latest model, the server's response names the actual model, whose price applies", async () => {
  const { answer, cost } = await live("accounts/fireworks/routers/kimi-latest", (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    const model = { model: KIMI }
    response.end(
      `${chunk({ content: "Hi" }, null, model)}${chunk({}, "stop", { ...usage, ...model })}${event("[DONE]")}`,
    )
  })
  expect(textOf(answer)).toBe("Hi")
  expect(answer?.parts).toContainEqual(expect.objectContaining({ type: "data-served", data: { model: KIMI } }))
  expect(cost).toBeCloseTo((10 * 3 + 5 * 15) / 1_000_000)
})

test("a model the server does not have is marked missing until it answers again", async () => {
  const { listModels } = await import("@/lib/ai/catalogue/catalogue")
  const missing = async () => (await listModels()).models.filter((model) => model.missing).map(({ id }) => id)
  const glm = "accounts/fireworks/models/glm-5p3"
  const { error } = await live(glm, answerWith(404, '{"error":{"message":"Model not found","code":"NOT_FOUND"}}'))
  expect(error).toMatchObject({ code: "upstream:model_not_found", retryable: false })
  await vi.waitFor(async () => expect(await missing()).toEqual([glm]), { timeout: 60_000 })
  await live(glm, ok)
  await vi.waitFor(async () => expect(await missing()).toEqual([]), { timeout: 60_000 })
})
