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
import { type Asking, requestBody } from "@/lib/ai/request-body"
import { retryingFetch } from "@/lib/ai/retrying-fetch"
import { errorStructure } from "@/lib/ai/upstream-errors"
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

export interface ModelCall extends Asking {
  /** Reads a streamed answer as it arrives. */
  reader?: DeltaReader
}

/** A model of the AI SDK, set up for one call. */
export function languageModel({ reader, ...asking }: ModelCall): LanguageModelV4 {
  const { model } = asking
  const server = serverOf(model)
  const provider = createOpenAICompatible({
    name: "fireworks",
    baseURL: server.baseUrl,
    apiKey: server.apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
    metadataExtractor: performanceExtractor,
    fetch: joiningFetch(retryingFetch(server.fetch, { headersMs: config().limits.firstTokenMs }), reader),
    transformRequestBody: (body) => requestBody(body, asking, server.fireworks),
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
