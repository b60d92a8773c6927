/** The sources that tools found for an answer, and the numbers by which it names them. */
import { createContext } from "react"
import { isRecord } from "@/lib/is-record"

export interface Source {
  title: string
  url: string
}

/** By the number: `[1]`. */
export type Sources = ReadonlyMap<number, Source>

export const NO_SOURCES: Sources = new Map()
export const SourcesContext = createContext<Sources>(NO_SOURCES)

const MOST = 200

/** Of the results in an answer's parts (`sources`, as `lib/ai/service/sources.ts` has them); the first that has a number keeps it. */
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

/** Code and formulas, which are left as they are; or numbers in brackets that are no link. */
const CITED = /(`+)[\s\S]*?\1|\$\$[\s\S]*?\$\$|(?<![\\!\]])((?:\[\d{1,3}(?:\s*,\s*\d{1,3})*\])+)(?![([:])/g

/** The Markdown with each number of a source as a link to it; a number of none stays as it is written. */
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

/** Of pages only, and as no Markdown breaks it. */
function addressOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { href, protocol } = new URL(url)
  return /^https?:$/.test(protocol) && !/[<>\s\\]/.test(href) ? href : null
}

/** Is a link the naming of a source? Its number is what it says, and it leads there. */
export function isCitation(text: string, address: string, sources: Sources): Source | null {
  const source = /^\d{1,3}$/.test(text) ? sources.get(Number(text)) : undefined
  return source && addressOf(source.url) === address ? source : null
}
