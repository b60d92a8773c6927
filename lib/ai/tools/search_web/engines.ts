/** The search engines, each through its own API. */
import { z } from "zod"
import { askService } from "@/lib/ai/service/ask-service"
import type { WebSearchOutput } from "@/lib/ai/tools/search_web/types"
import type { SearchConfig } from "@/lib/config-search"

/** As returned by the engine; both texts may contain HTML. */
export interface Found {
  url: string
  title: string
  snippet: string
  date: string | null
}

interface Wish {
  query: string
  count: number
  signal?: AbortSignal
}

type Engine = (wish: Wish, settings: SearchConfig) => Promise<Found[]>

const optional = z.string().nullish()

/** https://docs.searxng.org/dev/search_api.html; its `search.formats` must include `json`. */
const searxng: Engine = async ({ query, signal }, { searxngUrl }) => {
  const result = z.object({ url: z.string(), title: optional, content: optional, publishedDate: optional })
  const { results } = await askService({
    service: "SearXNG",
    url: `${searxngUrl}/search?${new URLSearchParams({ q: query, format: "json" })}`,
    schema: z.object({ results: z.array(result) }),
    signal,
  })
  return results.map(({ url, title, content, publishedDate }) => found(url, title, content, publishedDate))
}

/** https://api-dashboard.search.brave.com/app/documentation/web-search */
const brave: Engine = async ({ query, count, signal }, { braveKey = "", braveUrl }) => {
  const result = z.object({ url: z.string(), title: optional, description: optional, page_age: optional })
  const { web } = await askService({
    service: "Brave",
    url: `${braveUrl}/res/v1/web/search?${new URLSearchParams({ q: query, count: String(count) })}`,
    headers: { "x-subscription-token": braveKey },
    schema: z.object({ web: z.object({ results: z.array(result) }).nullish() }),
    signal,
  })
  return (web?.results ?? []).map(({ url, title, description, page_age }) => found(url, title, description, page_age))
}

/** https://docs.tavily.com/documentation/api-reference/endpoint/search */
const tavily: Engine = async ({ query, count, signal }, { tavilyKey = "", tavilyUrl }) => {
  const result = z.object({ url: z.string(), title: optional, content: optional, published_date: optional })
  const { results } = await askService({
    service: "Tavily",
    url: `${tavilyUrl}/search`,
    headers: { authorization: `Bearer ${tavilyKey}` },
    body: { query, max_results: count },
    schema: z.object({ results: z.array(result) }),
    signal,
  })
  return results.map(({ url, title, content, published_date }) => found(url, title, content, published_date))
}

/** https://docs.exa.ai/reference/search */
const exa: Engine = async ({ query, count, signal }, { exaKey = "", exaUrl }) => {
  const result = z.object({
    url: z.string(),
    title: optional,
    text: optional,
    highlights: z.array(z.string()).nullish(),
    publishedDate: optional,
  })
  const { results } = await askService({
    service: "Exa",
    url: `${exaUrl}/search`,
    headers: { "x-api-key": exaKey },
    body: { query, numResults: count, contents: { highlights: true } },
    schema: z.object({ results: z.array(result) }),
    signal,
  })
  return results.map(({ url, title, text, highlights, publishedDate }) =>
    found(url, title, highlights?.join(" … ") || text, publishedDate),
  )
}

const found = (url: string, title?: string | null, snippet?: string | null, date?: string | null): Found => ({
  url,
  title: title ?? "",
  snippet: snippet ?? "",
  date: date && !Number.isNaN(Date.parse(date)) ? new Date(date).toISOString().slice(0, 10) : null,
})

interface Chosen {
  name: WebSearchOutput["engine"]
  search: Engine
}

/** The first engine in the settings; null if there is none. */
export function engineOf({ searxngUrl, braveKey, tavilyKey, exaKey }: SearchConfig): Chosen | null {
  if (searxngUrl) return { name: "SearXNG", search: searxng }
  if (braveKey) return { name: "Brave", search: brave }
  if (tavilyKey) return { name: "Tavily", search: tavily }
  return exaKey ? { name: "Exa", search: exa } : null
}
