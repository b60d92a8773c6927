/** `search_web`: uses the search engine from the settings; unavailable without one. */
import { plainText } from "@/lib/ai/service/plain-text"
import { webAddress } from "@/lib/ai/service/sources"
import { defineTool, ToolError } from "@/lib/ai/tools/define"
import { engineOf } from "@/lib/ai/tools/search_web/engines"
import {
  type WebSearchInput,
  type WebSearchOutput,
  webSearchInput,
  webSearchOutput,
} from "@/lib/ai/tools/search_web/types"
import { config } from "@/lib/config"
import type { SearchConfig } from "@/lib/config-search"
import { sentence } from "@/lib/i18n/sentences"

const COUNT = 8
const MOST = 20
const TITLE = 200
const SNIPPET = 600

export default defineTool({
  name: "search_web",
  description:
    "Search the web for current information. Results are numbered: cite those that you use by their numbers in square brackets, like [1] or [2][3], right after what they support. The person sees them as cards.",
  input: webSearchInput,
  output: webSearchOutput,
  limits: { timeMs: 45_000, resultChars: 60_000, atOnce: 3 },
  // The server comes from the settings.
  may: { useNetwork: true, runUnasked: true, fromOutside: true },
  isAvailable: () => engineOf(config().search) !== null,
  toModel: ({ sources }) =>
    sources
      .map(
        ({ number, title, url, snippet, date }) =>
          `[${number}] ${title}\n${url}${date ? ` (${date})` : ""}\n${snippet}`,
      )
      .join("\n\n"),
  run: (input, { signal, takeNumbers }) => searchWeb(input, { settings: config().search, signal, takeNumbers }),
})

interface Around {
  settings: SearchConfig
  signal?: AbortSignal
  /** Reserves `count` numbers that no other source of the answer has, and returns the first. */
  takeNumbers: (count: number) => number
}

/** Throws `ToolError`: nothing found, engine unreachable, request refused, or unexpected response. */
export async function searchWeb(
  { query, count = COUNT }: WebSearchInput,
  { settings, signal, takeNumbers }: Around,
): Promise<WebSearchOutput> {
  const engine = engineOf(settings)
  if (!engine) throw new ToolError(sentence("tool:unknown"))
  const results = await engine.search({ query, count, signal }, settings)
  const addresses = new Set<string>()
  const sources = results
    .filter(({ url }) => webAddress.safeParse(url).success && !addresses.has(url) && addresses.add(url))
    .slice(0, Math.min(count, MOST))
  if (sources.length === 0) throw new ToolError(sentence("search_web:nothing", { query }))
  const first = takeNumbers(sources.length)
  return {
    query,
    engine: engine.name,
    sources: sources.map(({ url, title, snippet, date }, index) => ({
      number: first + index,
      title: plainText(title, TITLE) || new URL(url).host,
      url,
      snippet: plainText(snippet, SNIPPET),
      date,
    })),
  }
}
