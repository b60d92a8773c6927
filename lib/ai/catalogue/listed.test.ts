import { describe, expect, it } from "vitest"
import { readListing } from "@/lib/ai/catalogue/listed"

const idsOf = (body: unknown) => readListing(body).map(({ id }) => id)
const only = (entry: object) => readListing({ data: [{ id: "m", ...entry }] })[0]

describe("a list of models", () => {
  it("is read from data, from models, or from a top-level array", () => {
    expect(idsOf({ object: "list", data: [{ id: "a" }] })).toEqual(["a"])
    expect(idsOf({ models: [{ id: "a" }] })).toEqual(["a"])
    expect(idsOf([{ id: "a" }, "b"])).toEqual(["a", "b"])
    expect(idsOf({ data: [], models: [{ name: "a:latest", model: "a:latest" }] })).toEqual(["a:latest"])
    for (const name of ["result", "results", "items"]) expect(idsOf({ [name]: [{ id: "a" }] })).toEqual(["a"])
    expect(idsOf({ data: { models: [{ id: "a" }] } })).toEqual(["a"])
    expect(idsOf({ data: [{ model_name: "a" }, { model_id: "b" }, { slug: "c" }] })).toEqual(["a", "b", "c"])
    for (const odd of [null, undefined, 5, "no", {}, { data: null }, { data: { id: "a" } }])
      expect(idsOf(odd)).toEqual([])
  })

  it("tolerates malformed entries: each entry is parsed on its own, once", () => {
    const odd = [
      null,
      5,
      [],
      {},
      { id: "" },
      { id: 7 },
      { id: "two words" },
      { id: null, object: "model" },
      { id: "x".repeat(301) },
    ]
    const data = [
      ...odd,
      { id: "a", context_length: "8192", supports_image_input: "true" },
      { id: "a" },
      { id: "b", context_length: {} },
    ]
    expect(readListing({ data })).toEqual([{ id: "a", contextTokens: 8192, images: true }, { id: "b" }])
  })

  it("provides the context window, whatever the field is called", () => {
    const windows = [
      { context_length: 8192 },
      { context_length: "8,192" },
      { contextWindow: 8192 },
      { context_size: 8192 },
      { max_context_tokens: 8192 },
      { max_sequence_length: 8192 },
      { model_info: { max_input_tokens: 8192 } },
      { context_length: "8192" },
      { contextLength: 8192 },
      { max_model_len: 8192 },
      { context_window: 8192 },
      { max_context_length: 8192 },
      { loaded_context_length: 8192, max_context_length: 131_072 },
      { meta: { n_ctx_train: 8192 } },
      { meta: { n_ctx: 8192, n_ctx_train: 131_072 } },
      { context_length: null, top_provider: { context_length: 8192 } },
    ]
    for (const entry of windows) expect(only(entry)?.contextTokens, JSON.stringify(entry)).toBe(8192)
    for (const odd of [-1, 0, "many", "", [], true, Number.NaN])
      expect(only({ context_length: odd })?.contextTokens).toBeUndefined()
  })

  it("tells from the type which models are not chat models", () => {
    const none = [
      { type: "embeddings" },
      { type: "embedding" },
      { type: "image" },
      { type: "rerank" },
      { mode: "audio_transcription" },
      { kind: "EMBEDDING_MODEL" },
      { kind: "FLUMINA_BASE_MODEL" },
      { supports_chat: false },
      { supports_chat: "false" },
      { capabilities: { completion_chat: false } },
      { capabilities: ["embedding"] },
      { details: { families: ["nomic-bert"] } },
      { architecture: { output_modalities: ["image"] } },
    ]
    for (const entry of none) expect(only(entry)?.chat, JSON.stringify(entry)).toBe(false)
    for (const entry of [{ type: "llm" }, { type: "vlm" }, { supports_chat: true }, { mode: "chat" }])
      expect(only(entry)?.chat, JSON.stringify(entry)).toBe(true)
    for (const entry of [{ type: "model" }, { kind: "HF_BASE_MODEL" }, {}]) expect(only(entry)?.chat).toBeUndefined()
  })

  it("tells which models support images", () => {
    const seeing = [
      { supports_image_input: true },
      { supportsImageInput: "true" },
      { architecture: { input_modalities: ["text", "image"] } },
      { capabilities: { vision: true } },
      { capabilities: ["completion", "vision"] },
      { type: "vlm" },
    ]
    for (const entry of seeing) expect(only(entry)?.images, JSON.stringify(entry)).toBe(true)
    for (const entry of [{ architecture: { input_modalities: ["text"] } }, { type: "llm" }, { supports_vision: false }])
      expect(only(entry)?.images, JSON.stringify(entry)).toBe(false)
  })

  it("reads OpenRouter's entries: price per million tokens, tools, thinking, output limit", () => {
    const entry = {
      name: "Acme: Large",
      context_length: 200_000,
      architecture: { input_modalities: ["text", "image", "file"], output_modalities: ["text"] },
      pricing: { prompt: "0.0000003", completion: "0.0000012", input_cache_read: "0.00000006", request: "0" },
      top_provider: { context_length: 200_000, max_completion_tokens: 64_000, is_moderated: false },
      supported_parameters: ["tools", "temperature", "reasoning"],
    }
    expect(only(entry)).toEqual({
      id: "m",
      name: "Acme: Large",
      contextTokens: 200_000,
      outputTokens: 64_000,
      images: true,
      tools: true,
      price: { input: 0.3, cachedInput: 0.06, output: 1.2 },
    })
    expect(only({ pricing: { prompt: "-1", completion: "-1" } })?.price).toBeUndefined()
    expect(only({ supported_parameters: ["temperature"] })).toMatchObject({ tools: false, efforts: [] })
  })

  it("reads a model's retirement date when it is a valid date", () => {
    expect(only({ deprecationDate: { year: 2026, month: 12, day: 12 } })?.deprecation).toBe("2026-12-12")
    for (const odd of [{ year: 2026, month: 12, day: 0 }, { year: 2026, month: 13, day: 1 }, "soon", null])
      expect(only({ deprecationDate: odd })?.deprecation).toBeUndefined()
  })

  it("with thousands of entries is parsed in one pass", () => {
    const data = Array.from({ length: 5_000 }, (_, n) => ({
      id: `org/model-${n}`,
      pricing: { prompt: "0.000001", completion: "0.000002" },
    }))
    expect(readListing({ data })).toHaveLength(5_000)
  })
})
