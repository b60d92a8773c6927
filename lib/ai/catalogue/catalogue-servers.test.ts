/** Models of the account, and those that other servers list. */
import { describe, expect, test } from "vitest"
import { catalogue, fireworks, GLM, ids, KIMI, server, setUpCatalogue } from "@/lib/ai/catalogue/catalogue.fixture"

setUpCatalogue()

const compatible = (env = {}) => catalogue({ FIREWORKS_BASE_URL: `${server.origin}/v1`, ...env })

test("the account's own models are listed with their state", async () => {
  server.routes.set("/v1/accounts", { accounts: [{ name: "accounts/me" }, { name: "@/lib/odd" }, null] })
  server.routes.set("/v1/accounts/me/deployments", {
    deployments: [
      {
        name: "accounts/me/deployments/awake",
        displayName: "Awake",
        baseModel: GLM,
        state: "READY",
        replicaCount: 1,
        maxContextLength: 5_000,
      },
      { name: "accounts/me/deployments/asleep", baseModel: KIMI, state: "READY", replicaCount: "0" },
      { name: "accounts/me/deployments/new", state: "CREATING" },
      { name: "accounts/me/deployments/gone", state: "DELETED" },
      {},
    ],
  })
  server.routes.set("/v1/accounts/me/deployedModels", {
    deployedModels: [
      { name: "x", model: "accounts/me/models/y", deployment: "accounts/me/deployments/awake", state: "DEPLOYED" },
    ],
  })
  server.routes.set("/v1/accounts/me/models", {
    models: [
      { name: "accounts/me/models/y", kind: "HF_PEFT_ADDON", state: "READY" },
      {
        name: "accounts/me/models/z",
        displayName: "Zed",
        kind: "HF_PEFT_ADDON",
        state: "UPLOADING",
        peftDetails: { baseModel: KIMI },
      },
    ],
  })
  const { listModels } = await fireworks()
  const own = (await listModels()).models.filter((model) => model.own)
  expect(own.map(({ id, name, own: of }) => [id, name, of?.kind, of?.state])).toEqual([
    ["accounts/me/deployments/awake", "Awake", "deployment", "ready"],
    ["accounts/me/deployments/asleep", "asleep", "deployment", "asleep"],
    ["accounts/me/deployments/new", "new", "deployment", "starting"],
    ["accounts/me/models/y#accounts/me/deployments/awake", "y", "fine-tune", "ready"],
    ["accounts/me/models/z", "Zed", "fine-tune", "uploading"],
  ])
  // Has its base model's features, and no price per token.
  expect(own[0]).toMatchObject({ contextTokens: 5_000, efforts: ["high", "max"], price: null, images: false })
  expect(own[1]).toMatchObject({ contextTokens: 1_048_576, images: true })
})

describe("other servers", () => {
  test("are used for chat models: embedding and transcription models are never the default", async () => {
    server.routes.set("/v1/models", {
      data: [
        { id: "nomic-embed-text:latest" },
        { id: "whisper-1" },
        { id: "mistral-small3.2:24b" },
        { id: "qwen3-coder:30b" },
      ],
    })
    const { listModels } = await compatible()
    const { models, default: chosen, notice } = await listModels()
    expect(notice.kind).toBe("compatible")
    expect(ids(models)).toEqual(["mistral-small3.2:24b", "qwen3-coder:30b"])
    expect(chosen).toBe("mistral-small3.2:24b")
    expect(models.map(({ images, imagesGuessed }) => [images, imagesGuessed])).toEqual([
      [true, true],
      [false, true],
    ])
  })

  test("such as LM Studio and llama.cpp report more at other endpoints", async () => {
    server.routes.set("/v1/models", { data: [{ id: "a" }, { id: "b" }, { id: "c" }] })
    server.routes.set("/api/v0/models", {
      data: [
        { id: "a", type: "embeddings" },
        { id: "b", type: "vlm", max_context_length: 4_096 },
        { id: "c", type: "llm" },
      ],
    })
    const { listModels, forgetCatalogue } = await compatible()
    expect((await listModels()).models.map(({ id, images, contextTokens }) => [id, images, contextTokens])).toEqual([
      ["b", true, 4_096],
      ["c", false, null],
    ])
    server.routes.delete("/api/v0/models")
    server.routes.set("/v1/models", { data: [{ id: "some.gguf", meta: { n_ctx_train: 9_000 } }] })
    server.routes.set("/props", { modalities: { vision: true }, default_generation_settings: { n_ctx: 2_048 } })
    forgetCatalogue()
    expect((await listModels()).models).toMatchObject([{ id: "some.gguf", images: true, contextTokens: 2_048 }])
  })

  test("accept models they don't list, and any model when they list nothing", async () => {
    server.routes.set("/v1/models", 500)
    const { listModels, resolveModel } = await compatible()
    expect((await listModels()).default).toBe("default")
    expect(await resolveModel("llama3.1:8b")).toMatchObject({ upstream: "compatible", images: false })
    expect(await resolveModel("llava:7b")).toMatchObject({ images: true, imagesGuessed: true })
  })

  test("with thousands of models send a page only a subset, including the models it shows", async () => {
    server.routes.set("/v1/models", {
      data: Array.from({ length: 5_000 }, (_, n) => ({ id: `org/m${n}`, vision: false })),
    })
    const { listModels } = await compatible()
    const piece = await listModels({ piece: { most: 100, shown: ["org/m4000", null, "org/m5", "unknown"] } })
    expect(piece.more).toBe(true)
    // One of them is in no list.
    expect(ids(piece.models).slice(100)).toEqual(["org/m4000", "unknown"])
    expect((await listModels()).models).toHaveLength(5_000)
  })
})

test("include an Ollama on this machine, found without a key and queried for its models' capabilities", async () => {
  server.routes.set("/v1/models", {
    data: [{ id: "nomic-embed-text:latest" }, { id: "plain:7b" }, { id: "blind-llava:7b" }],
  })
  server.routes.set("/api/tags", {
    models: [
      { name: "nomic-embed-text:latest", model: "nomic-embed-text:latest", details: { families: ["nomic-bert"] } },
      { name: "plain:7b", model: "plain:7b" },
      { name: "blind-llava:7b", model: "blind-llava:7b" },
    ],
  })
  server.routes.set("/api/show", (_, body) =>
    body.includes("plain")
      ? { capabilities: ["completion", "vision", "tools", "thinking"], model_info: { "x.context_length": 32_768 } }
      : body.includes("llava")
        ? { capabilities: ["completion"] }
        : 500,
  )
  const { listModels, resolveModel } = await catalogue({ OLLAMA_URL: server.origin })
  const { models, notice } = await listModels()
  expect(notice).toMatchObject({ kind: "ollama", text: expect.stringContaining("FIREWORKS_API_KEY") })
  expect(models).toMatchObject([
    { id: "plain:7b", upstream: "ollama", images: true, tools: true, efforts: null, contextTokens: 32_768 },
    { id: "blind-llava:7b", images: false, tools: false, efforts: [] },
  ])
  expect(models[0]?.imagesGuessed).toBeUndefined()
  expect((await resolveModel(undefined)).id).toBe("plain:7b")
})
