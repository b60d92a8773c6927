/** The only way to a model server: Fireworks, another OpenAI-compatible one, Ollama, or the demo model. */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import type { LanguageModelV4 } from "@ai-sdk/provider"
import { withAlternatives } from "@/lib/ai/alternatives"
import { retryingRefusals } from "@/lib/ai/ask-again"
import { withEarlyErrors } from "@/lib/ai/early-errors"
import { joiningFetch } from "@/lib/ai/join-deltas"
import { performanceExtractor } from "@/lib/ai/perf-metrics"
import { knownChanges, placeOf } from "@/lib/ai/refusals/memory"
import { type Omission, omissionFor } from "@/lib/ai/refusals/told"
import { type Asking, requestBody } from "@/lib/ai/request-body"
import { retryingFetch, within } from "@/lib/ai/retrying-fetch"
import { type Serving, servingFetch } from "@/lib/ai/serving-fetch"
import { tappedFetch } from "@/lib/ai/tapped-fetch"
import { modelSettings } from "@/lib/ai/upstream/key"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { errorStructure } from "@/lib/ai/upstream/upstream-errors"
import type { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import type { DeltaReader } from "@/lib/ai/wire/fast-lane"
import type { WireTap } from "@/lib/ai/wire/tap"
import { config } from "@/lib/config"
import { createDemoModel } from "@/lib/demo"
import { recordingsOf } from "@/lib/demo/recordings"
import type { ModelInfo } from "@/lib/models/model.types"
import { usBaseUrl, type Wire, wireOf } from "@/lib/models/ways"
import { singleton } from "@/lib/singleton"

export interface ModelCall extends Asking {
  /** A user's own API key, instead of Sparkler's. */
  key?: string
  /** Reads a streamed answer as it arrives. */
  reader?: DeltaReader
  /** Called with what happens before the answer starts. */
  onServing?: (serving: Serving) => void
  /** Called with what was left out because the model refused it, the first time. */
  leftOut?: (what: Omission) => void
  /** What is left of the answer's limits. */
  budget?: AnswerBudget
  /** Called with what goes over the wire. */
  tap?: WireTap
  /** Receives the requests instead of the model's server. */
  send?: typeof fetch
  /** The caller waits and retries by itself: report a refusal right away. */
  once?: true
}

/** A model of the AI SDK, configured for one call. */
export function languageModel({
  key,
  reader,
  onServing,
  leftOut,
  budget,
  tap,
  send,
  once,
  ...asking
}: ModelCall): LanguageModelV4 {
  const { model } = asking
  const server = serverOf(model, key)
  const { fallback, priority, model: id } = server.wire
  const fetchWhatIsTaken = takenBy(tappedFetch(withEarlyErrors(send ?? server.fetch), tap), leftOut)
  const { firstTokenMs, startingMs } = config().limits
  const patient = servingFetch(within(firstTokenMs, fetchWhatIsTaken), { fallback, onServing, startingMs })
  const provider = createOpenAICompatible({
    name: "fireworks",
    baseURL: server.baseUrl,
    apiKey: server.apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
    metadataExtractor:
      asking.settings?.alternatives === undefined ? performanceExtractor : withAlternatives(performanceExtractor),
    fetch: joiningFetch(once ? patient : retryingFetch(patient), reader, budget),
    transformRequestBody: (body) => {
      const asked = requestBody(body, asking, server.fireworks)
      return priority ? { ...asked, service_tier: "priority" } : asked
    },
  })
  // No `supportedUrls`, and the history only has data URIs, so the SDK never fetches a URL chosen by a user.
  return provider.languageModel(id, { errorStructure })
}

/** `fetch` that leaves out what the model refuses. */
const takenBy = (fetchUpstream: typeof fetch, leftOut: ModelCall["leftOut"]): typeof fetch =>
  retryingRefusals(fetchUpstream, (change) => {
    const what = omissionFor(change)
    if (what) leftOut?.(what)
  })

/** Whether the model is called with an API key. */
export const requiresApiKey = ({ upstream }: ModelInfo): boolean =>
  upstream === "fireworks" || upstream === "compatible"

/** Whether the model has tools, unless its server has recently refused them. */
export function takesTools(model: ModelInfo): boolean {
  const { baseUrl, wire } = serverOf(model)
  const known = knownChanges(placeOf(`${baseUrl}/chat/completions`, wire.model))
  return model.tools && !known.some(({ kind }) => kind === "tools")
}

interface Server {
  baseUrl: string
  apiKey: string | undefined
  fetch: typeof fetch
  /** Accepts Fireworks' own body keys. */
  fireworks: boolean
  wire: Wire
}

const plainWire = (model: string): Wire => ({ model, priority: false, us: false, fallback: null })

function serverOf(model: ModelInfo, key?: string): Server {
  const { apiKey: shared, baseUrl, ollamaUrl } = modelSettings()
  const apiKey = key ?? shared
  if (model.upstream === "demo") {
    const folder = config().demoRecordings
    const demo = singleton("demoModel", () =>
      createDemoModel({ recordings: folder ? recordingsOf(folder) : undefined }),
    )
    return {
      baseUrl: "http://demo.invalid/inference/v1",
      apiKey: undefined,
      fireworks: true,
      wire: plainWire(model.id),
      fetch: (input, init) => demo(new Request(input, init)),
    }
  }
  if (model.upstream === "ollama")
    return server({ baseUrl: `${ollamaUrl}/v1`, apiKey: undefined, fireworks: false, wire: plainWire(model.id) })
  if (model.upstream !== "fireworks") return server({ baseUrl, apiKey, fireworks: false, wire: plainWire(model.id) })
  const wire = wireOf(model.id)
  // The key is only sent to Fireworks' own URLs and the configured one.
  return server({ baseUrl: (wire.us && usBaseUrl(baseUrl)) || baseUrl, apiKey, fireworks: true, wire })
}

const server = (of: Omit<Server, "fetch">): Server => ({ ...of, fetch: nodeFetch })
