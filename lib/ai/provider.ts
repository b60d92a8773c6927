/** The one door to a model server: Fireworks, another OpenAI-compatible one, Ollama, or the demo model. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import type { LanguageModelV4 } from "@ai-sdk/provider"
import { extractReasoningMiddleware, wrapLanguageModel } from "ai"
import { createDemoModel } from "@/lib/ai/demo"
import type { DeltaReader } from "@/lib/ai/fast-lane"
import { joiningFetch } from "@/lib/ai/join-deltas"
import { modelSettings } from "@/lib/ai/key"
import type { ModelInfo } from "@/lib/ai/model.types"
import { nodeFetch } from "@/lib/ai/node-fetch"
import { performanceExtractor } from "@/lib/ai/performance"
import { retryingFetch } from "@/lib/ai/retrying-fetch"
import { effortFor } from "@/lib/ai/thinking"
import { errorStructure } from "@/lib/ai/upstream-errors"
import type { ChatSettings } from "@/lib/chat/types"
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

export interface ModelCall {
  model: ModelInfo
  /** Keeps one conversation on one replica, so that its prefix stays cached. */
  conversationId: string
  settings?: ChatSettings
  /** Reads a streamed answer as it arrives. */
  reader?: DeltaReader
}

/** A model of the AI SDK, set up for one call. */
export function languageModel({ model, conversationId, settings = {}, reader }: ModelCall): LanguageModelV4 {
  const server = serverOf(model)
  const provider = createOpenAICompatible({
    name: "fireworks",
    baseURL: server.baseUrl,
    apiKey: server.apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
    metadataExtractor: performanceExtractor,
    fetch: joiningFetch(retryingFetch(server.fetch, { headersMs: config().limits.firstTokenMs }), reader),
    transformRequestBody: (body) => {
      const asked = askedFor(plainFormat(body), model, settings)
      return server.fireworks ? fireworksBody(asked, conversationId) : asked
    },
  })
  return wrapLanguageModel({
    // No `supportedUrls`, and history holds data URIs only: the SDK never fetches an address on a person's word.
    model: provider.languageModel(model.id, { errorStructure }),
    middleware: extractReasoningMiddleware({ tagName: "think" }),
  })
}

interface Server {
  baseUrl: string
  apiKey: string | undefined
  fetch: typeof fetch
  /** Takes Fireworks' own body keys. */
  fireworks: boolean
}

function serverOf(model: ModelInfo): Server {
  const { apiKey, baseUrl, ollamaUrl } = modelSettings()
  if (model.upstream === "demo") {
    const demo = singleton("demoModel", () => createDemoModel())
    return {
      baseUrl: "http://demo.invalid/inference/v1",
      apiKey: undefined,
      fireworks: true,
      fetch: (input, init) => demo(new Request(input, init)),
    }
  }
  if (model.upstream === "ollama")
    return { baseUrl: `${ollamaUrl}/v1`, apiKey: undefined, fireworks: false, fetch: nodeFetch }
  return { baseUrl, apiKey, fireworks: model.upstream === "fireworks", fetch: nodeFetch }
}

type Body = Record<string, unknown>

/** The keys that only Fireworks knows. */
function fireworksBody(body: Body, conversationId: string): Body {
  return { ...body, prompt_cache_key: conversationId, ...(body.stream ? { perf_metrics_in_response: true } : {}) }
}

/**
 * Keys that the SDK has no word for. Sent only when asked for, to whichever server: most know them, and one that doesn't
 * says so. `json_schema` turns reasoning off at Fireworks.
 */
function askedFor(body: Body, { efforts }: ModelInfo, { topK, reasoning: wanted }: ChatSettings): Body {
  const effort = wanted && effortFor(efforts, wanted)
  return {
    ...body,
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(effort && !body.response_format ? { reasoning_effort: effort } : {}),
  }
}

/** `strict` is OpenAI's; Fireworks documents name and schema. */
function plainFormat(body: Body): Body {
  const format = body.response_format
  if (!isRecord(format) || !isRecord(format.json_schema)) return body
  const { name, schema } = format.json_schema
  return { ...body, response_format: { ...format, json_schema: { name, schema } } }
}

const isRecord = (value: unknown): value is Body => typeof value === "object" && value !== null && !Array.isArray(value)
