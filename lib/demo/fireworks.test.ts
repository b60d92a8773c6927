/** The stand-in for Fireworks as of November 2026: its models, its lists, its refusals by model. */
import { describe, expect, test } from "vitest"
import { createDemoModel, type DemoOptions } from "@/lib/demo"
import { bodyOf, complete, contentOf, picture, post, refusalOf, user, wireChunks } from "@/lib/demo/demo.fixture"

const fast = { tokensPerSecond: 0, firstTokenMs: 0 }
const fireworks = createDemoModel({ ...fast, fireworks: true })
const id = (name: string) => `accounts/fireworks/models/${name}`
const bodyFor = (name: string, more: object = {}) => ({ ...bodyOf("What is 2+2?"), model: id(name), ...more })

describe("thinking levels", () => {
  test.each([
    ["kimi-k3", "none low medium high max", "xhigh"],
    ["glm-5p3", "low medium high max", "none xhigh"],
    ["glm-5p3-flash", "low high max", "none medium xhigh"],
    ["deepseek-v4p1-flash", "none low high max", "medium xhigh"],
    ["qwen3p8-max", "none low medium xhigh", "high max"],
    ["minimax-m3", "low medium high", "none max"],
    ["gpt-oss-120b", "low medium high", "none max"],
  ])("%s accepts %s", async (name, taken, refused) => {
    for (const effort of taken.split(" "))
      expect((await post(fireworks, bodyFor(name, { reasoning_effort: effort }))).status, effort).toBe(200)
    for (const effort of refused.split(" ")) {
      const { status, message } = await refusalOf(fireworks, bodyFor(name, { reasoning_effort: effort }))
      expect([status, message], effort).toEqual([400, expect.stringContaining(`'${effort}' is not supported`)])
    }
  })

  test("kimi-k3 rejects a boolean, and models that always think reject off in any form", async () => {
    expect((await refusalOf(fireworks, bodyFor("kimi-k3", { reasoning_effort: true }))).status).toBe(400)
    expect((await post(fireworks, bodyFor("qwen3p8-max", { reasoning_effort: true }))).status).toBe(200)
    for (const off of [{ reasoning_effort: false }, { reasoning_effort: 0 }, { thinking: { type: "disabled" } }])
      expect((await refusalOf(fireworks, bodyFor("glm-5p3", off))).status).toBe(400)
  })

  test("routers and spot models accept what their model accepts", async () => {
    const models = ["routers/glm-latest", "routers/glm-5p3-us", "models/glm-5p3-spot"].map((name) => ({
      id: `accounts/fireworks/${name}`,
    }))
    const some = createDemoModel({ ...fast, models })
    for (const { id: model } of models)
      expect((await refusalOf(some, { ...bodyOf("x"), model, reasoning_effort: "none" })).status).toBe(400)
  })

  test("models that always think also think about titles and structured data, within max_tokens", async () => {
    const title = [{ role: "system", content: "Write a short title for this conversation" }, user("Bees and honey")]
    const short = await complete(fireworks, bodyFor("glm-5p3-flash", { messages: title, max_tokens: 20 }))
    expect(short).toMatchObject({ text: "", finish: "length", usage: { completion_tokens: 20 } })
    const usual = bodyFor("glm-5p3-flash", { messages: title, max_tokens: 200, reasoning_effort: "low" })
    expect(await complete(fireworks, usual)).toMatchObject({ text: "", finish: "length" })
    const roomy = await complete(fireworks, { ...usual, max_tokens: 2_000 })
    expect(roomy.text).toBe("Bees and honey")
    expect(roomy.usage.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(200)
    const data = await complete(fireworks, bodyFor("glm-5p3", { response_format: { type: "json_object" } }))
    expect(data.reasoning?.length).toBeGreaterThan(200)
    const streamed = await (await post(fireworks, bodyFor("gpt-oss-120b", { stream: true }))).text()
    expect(wireChunks(streamed).some(({ choices }) => choices[0]?.delta.reasoning_content)).toBe(true)
    expect((await complete(fireworks, bodyFor("kimi-k3"))).reasoning).toBeUndefined()
  })
})

test("a model without tools rejects them, which is not a contract violation", async () => {
  const broken: string[] = []
  const plain = createDemoModel({
    ...fast,
    models: [{ id: "plain", supports_tools: false }],
    onViolation: (words) => void broken.push(words),
  })
  const tools = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }]
  const { status, message } = await refusalOf(plain, { ...bodyOf("x"), model: "plain", tools })
  expect([status, message]).toEqual([400, "plain does not support tools"])
  expect(broken).toEqual([])
  await refusalOf(plain, { ...bodyOf("x"), model: "plain", wrong: 1 })
  expect(broken).toEqual(["Extra inputs are not permitted, field: 'wrong'"])
})

test.each([
  ["more than the model writes", "gpt-oss-120b", { max_tokens: 32_769 }],
  ["a picture to a model that can't see", "glm-5p3", { messages: [user([picture(Buffer.from("x"))])] }],
])("%s is 400", async (_, name, more) => {
  expect((await refusalOf(fireworks, bodyFor(name, more))).status).toBe(400)
})

test.each(["kimi-k2-instruct-0905", "deepseek-v3p1", "qwen2p5-vl-32b-instruct", "gpt-oss-20b", "glm-4p6"])(
  "%s is retired: the same 404 as Fireworks'",
  async (name) => {
    const response = await post(fireworks, bodyFor(name))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      error: {
        message: "Model not found, inaccessible, and/or not deployed",
        param: "model",
        code: "NOT_FOUND",
        type: "error",
      },
    })
  },
)

describe("lists", () => {
  const get = async (path: string, options: DemoOptions = { fireworks: true }) => {
    const response = await createDemoModel(options)(new Request(`http://x${path}`))
    return { status: response.status, body: await response.json() }
  }

  test("the base list is sparse or fails when requested", async () => {
    const sparse = await get("/inference/v1/models", { fireworks: true, listing: "sparse" })
    expect(sparse.body).toEqual({
      object: "list",
      data: [{ id: id("kimi-k3"), object: "model", owned_by: "fireworks", created: 0 }],
    })
    const broken = await get("/inference/v1/models", { fireworks: true, listing: "error" })
    expect(broken).toEqual({ status: 500, body: { error: { message: "Error listing deployed models" } } })
  })

  test("the full list is paged, with booleans occasionally as strings", async () => {
    const path = "/v1/accounts/fireworks/models?filter=supports_serverless%3Dtrue"
    const names: string[] = []
    const kinds = new Set<string>()
    let token = ""
    do {
      const { body } = await get(`${path}&pageSize=5&pageToken=${token}`)
      expect(body.models.length).toBeLessThanOrEqual(5)
      expect(body.totalSize).toBe(13)
      for (const model of body.models) {
        names.push(model.name)
        kinds.add(typeof model.supportsServerless)
        expect(model).toMatchObject({ state: "READY", contextLength: expect.any(Number) })
      }
      token = body.nextPageToken
    } while (token)
    expect(new Set(names).size).toBe(13)
    expect(kinds).toEqual(new Set(["string", "boolean"]))
    expect((await get("/v1/accounts/fireworks/models")).body.models).toContainEqual(
      expect.objectContaining({ supportsServerless: "false" }),
    )
    expect((await get("/v1/accounts/fireworks/models?filter=x")).status).toBe(400)
    expect((await get("/v1/accounts/fireworks/models?pageToken=x")).status).toBe(400)
  })

  test("an account lists its own deployments", async () => {
    const account = {
      name: "accounts/me",
      deployments: [{ name: "accounts/me/deployments/d", state: "READY" }],
      deployedModels: [{ name: "accounts/me/deployedModels/m" }],
    }
    const of = (path: string) => get(path, { account })
    expect((await of("/v1/accounts")).body.accounts).toMatchObject([{ name: "accounts/me" }])
    expect((await of("/v1/accounts/me/deployments")).body).toMatchObject({
      deployments: account.deployments,
      totalSize: 1,
    })
    expect((await of("/v1/accounts/me/deployedModels")).body.deployedModels).toEqual(account.deployedModels)
    expect((await of("/v1/accounts/me/models")).body.models).toEqual([])
    expect((await of("/v1/accounts/me/quotas")).body.quotas).toEqual([])
    expect((await of("/v1/accounts/me/billingUsage?startTime=x")).body).toHaveProperty("serverlessCosts")
    expect((await of("/v1/accounts/you/deployments")).status).toBe(404)
    expect((await get("/v1/accounts", { apiKey: "k" })).status).toBe(401)
  })
})

test("a starting deployment refuses for a while and then answers; a spot model without capacity does not", async () => {
  const deployment = "accounts/me/deployments/d"
  const spot = id("kimi-k3-spot")
  const some = createDemoModel({
    ...fast,
    models: [
      { id: deployment, startsAfter: 2 },
      { id: spot, full: true },
    ],
  })
  const ask = async (model: string) => refusalOf(some, { ...bodyOf("x"), model })
  expect(await ask(deployment)).toMatchObject({ status: 503, code: "DEPLOYMENT_SCALING_UP" })
  expect((await ask(deployment)).status).toBe(503)
  expect((await ask(deployment)).status).toBe(200)
  expect(await ask(spot)).toMatchObject({ status: 503, code: "CAPACITY" })
})

test.each([
  [
    422,
    "detail",
    { detail: [{ loc: ["body", "messages", 0, "content"], msg: "Requested fault 422", type: "value_error" }] },
  ],
  [412, "suspended", { error: { code: "FAILED_PRECONDITION", message: expect.stringContaining("suspended") } }],
  [412, "lora", { error: { message: expect.stringContaining("LoRA") } }],
  [503, "scaling", { error: { code: "DEPLOYMENT_SCALING_UP" } }],
  [503, "no-room", { error: { code: "CAPACITY" } }],
])("a refusal %i in the shape %s", async (status, shape, body) => {
  const testing = createDemoModel({ ...fast, testMode: true })
  const response = await post(testing, bodyOf(`[[fault status=${status} body=${shape}]]`))
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject(body)
})

test("metrics contain strings and lists; a tier and stream usage may be requested", async () => {
  const body = bodyFor("kimi-k3", {
    stream: true,
    stream_options: { include_usage: true },
    perf_metrics_in_response: true,
    service_tier: "priority",
  })
  const stream = await (await post(fireworks, body)).text()
  expect(contentOf(stream)).toContain("4")
  expect(wireChunks(stream).at(-1)?.perf_metrics).toMatchObject({
    "backend-host": "standin-0",
    "speculation-acceptance": [0.75, 0.5],
    "prompt-tokens": expect.any(Number),
  })
  // The built-in model reports its own timings and invents nothing.
  const shown = await (await post(createDemoModel(fast), { ...body, model: "sparkler-demo" })).text()
  expect(Object.keys(wireChunks(shown).at(-1)?.perf_metrics ?? {})).toEqual([
    "prompt-tokens",
    "cached-prompt-tokens",
    "server-time-to-first-token",
    "server-processing-time",
  ])
})
