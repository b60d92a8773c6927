/**
 * `wikipedia`: an article and other matches, from MediaWiki's public API (https://www.mediawiki.org/wiki/API:Query).
 */
import { z } from "zod"
import { askService } from "@/lib/ai/service/ask-service"
import { defineTool, ToolError } from "@/lib/ai/tools/define"
import {
  type WikipediaInput,
  type WikipediaOutput,
  wikipediaInput,
  wikipediaOutput,
} from "@/lib/ai/tools/wikipedia/types"
import { config } from "@/lib/config"
import { sentence } from "@/lib/i18n/sentences"

const HITS = 5
const INTRODUCTION = 6_000
const WHOLE = 40_000

const page = z.object({
  index: z.number().optional(),
  title: z.string(),
  description: z.string().optional(),
  fullurl: z.url({ protocol: /^https?$/ }),
  extract: z.string().optional(),
  missing: z.boolean().optional(),
})
type Page = z.infer<typeof page>
const pages = z.object({ query: z.object({ pages: z.array(page) }).optional() })

export default defineTool({
  name: "wikipedia",
  description:
    "Look something up on Wikipedia: the best matching article, its introduction or full text, and other matching articles. Cite it by its number in square brackets, like [1].",
  input: wikipediaInput,
  output: wikipediaOutput,
  limits: { timeMs: 45_000, resultChars: 60_000, atOnce: 3 },
  // The server comes from the settings.
  may: { useNetwork: true, runUnasked: true, fromOutside: true },
  toModel: toldOf,
  run: (input, { signal, takeNumbers }) =>
    lookUp(input, { url: config().wikipediaUrl, signal, number: takeNumbers(1) }),
})

function toldOf({ article, others, sources }: WikipediaOutput): string {
  const number = sources[0]?.number
  return [
    `[${number}] ${article.title}${article.description ? ` (${article.description})` : ""}\n${article.url}`,
    article.text + (article.cut ? " …" : ""),
    ...(others.length > 0
      ? [
          `Other articles: ${others.map(({ title, description }) => (description ? `${title} (${description})` : title)).join("; ")}`,
        ]
      : []),
  ].join("\n\n")
}

interface Around {
  /** Contains `{language}`, or is the URL of one Wikipedia. */
  url: string
  signal?: AbortSignal
  number: number
}

/** Throws `ToolError`: nothing found, unknown language, service unreachable. */
export async function lookUp(
  { query, language = "en", whole = false }: WikipediaInput,
  { url, signal, number }: Around,
): Promise<WikipediaOutput> {
  const base = url.replace("{language}", language)
  const ask = (more: Record<string, string>) =>
    askService({
      service: "Wikipedia",
      url: `${base}/w/api.php?${new URLSearchParams({ ...ALWAYS, ...more })}`,
      schema: pages,
      signal,
    })
  const found = await ask({
    generator: "search",
    gsrsearch: query,
    gsrlimit: String(HITS),
    gsrnamespace: "0",
    exintro: "1",
  })
  const [first, ...others] = (found.query?.pages ?? [])
    .filter(({ missing }) => !missing)
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
  if (!first) throw new ToolError(sentence("wikipedia:nothing", { query }))
  const text = whole ? await wholeText(first, ask) : (first.extract ?? "")
  const most = whole ? WHOLE : INTRODUCTION
  return {
    language,
    article: {
      title: first.title,
      description: first.description ?? null,
      url: first.fullurl,
      text: text.slice(0, most).trim(),
      cut: text.length > most,
    },
    others: others.map(({ title, description, fullurl }) => ({
      title,
      description: description ?? null,
      url: fullurl,
    })),
    sources: [{ number, title: first.title, url: first.fullurl }],
  }
}

/** Query parameters for every page. */
const ALWAYS = {
  action: "query",
  format: "json",
  formatversion: "2",
  redirects: "1",
  prop: "extracts|info|description",
  inprop: "url",
  explaintext: "1",
  exlimit: "max",
}

async function wholeText(
  { title, extract = "" }: Page,
  ask: (more: Record<string, string>) => Promise<z.infer<typeof pages>>,
) {
  const { query } = await ask({ titles: title, exlimit: "1" })
  return query?.pages[0]?.extract ?? extract
}
