/** The sources that tools found for an answer, and the numbers it cites them by. */
import { createContext } from "react"
import { isRecord } from "@/lib/is-record"

export interface Source {
  title: string
  url: string
}

/** Keyed by citation number: `[1]`. */
export type Sources = ReadonlyMap<number, Source>

export const NO_SOURCES: Sources = new Map()
export const SourcesContext = createContext<Sources>(NO_SOURCES)

const MOST = 200

/**
 * Collects sources from the tool results in an answer's parts (`sources`, as in `lib/ai/service/sources.ts`); the first
 * with a number wins.
 */
export function sourcesOf(parts: readonly object[]): Sources {
  const found = new Map<number, Source>()
  for (const part of parts) {
    const output = "output" in part ? part.output : null
    for (const source of isRecord(output) && Array.isArray(output.sources) ? output.sources : []) {
      if (!isRecord(source) || found.size >= MOST) continue
      const { number, title, url } = source
      if (typeof number === "number" && typeof title === "string" && typeof url === "string" && !found.has(number))
        found.set(number, { title, url })
    }
  }
  return found.size > 0 ? found : NO_SOURCES
}

/** Code and formulas, which are left as is; or bracketed numbers that are not links. */
const CITED = /(`+)[\s\S]*?\1|\$\$[\s\S]*?\$\$|(?<![\\!\]])((?:\[\d{1,3}(?:\s*,\s*\d{1,3})*\])+)(?![([:])/g

/** The Markdown with each source number as a link; other numbers stay as written. */
export function withSources(markdown: string, sources: Sources): string {
  if (sources.size === 0) return markdown
  return markdown.replace(CITED, (whole: string, _code: string | undefined, cited: string | undefined) => {
    if (cited === undefined) return whole
    const links = [...cited.matchAll(/\d+/g)].map(([number]) => linkOf(Number(number), sources))
    return links.every((link) => link !== null) ? links.join("") : whole
  })
}

function linkOf(number: number, sources: Sources): string | null {
  const address = addressOf(sources.get(number)?.url ?? "")
  return address === null ? null : `[${number}](<${address}>)`
}

/** Web pages only, escaped for Markdown. */
function addressOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { href, protocol } = new URL(url)
  return /^https?:$/.test(protocol) && !/[<>\s\\]/.test(href) ? href : null
}

/** The source when a link is a citation: its text is the number and it points to that source. */
export function isCitation(text: string, address: string, sources: Sources): Source | null {
  const source = /^\d{1,3}$/.test(text) ? sources.get(Number(text)) : undefined
  return source && addressOf(source.url) === address ? source : null
}
