/** Links page references in an answer to the document it is about. Pure. */
import { createContext } from "react"

export interface PagesOf {
  pages: number
  /** Determines the words for a page, in the languages answers are written in. */
  unit: "page" | "slide" | "sheet" | "chapter" | "section"
  open: (page: number) => void
}

/** The document referred to; null when there is none, or several. */
export const PagesContext = createContext<PagesOf | null>(null)

const WORDS: Record<PagesOf["unit"], string> = {
  page: "pages?|pp?\\.|Seiten?|S\\.",
  slide: "slides?|Folien?|pages?|Seiten?",
  sheet: "sheets?|Tabellen(?:blatt)?|pages?",
  chapter: "chapters?|ch\\.|Kapiteln?|pages?|Seiten?",
  section: "sections?|Abschnitte?n?|pages?|Seiten?",
}

/** Code, formulas, links and addresses, which stay unchanged. */
const APART = "(`+)[\\s\\S]*?\\1|\\$\\$[\\s\\S]*?\\$\\$|!?\\[[^\\]\\n]*\\]\\([^)\\n]*\\)|<[^>\\n]*>|https?:\\/\\/\\S+"

const patterns = new Map<string, RegExp>()

function patternOf(unit: PagesOf["unit"]): RegExp {
  const known = patterns.get(unit)
  if (known) return known
  const named = `\\[?(?<![\\p{L}\\p{N}])(?:${WORDS[unit]})[ \\u00a0]?(\\d{1,4})(?![\\p{N}]|[.,]\\d|[ \\u00a0]?%)\\]?`
  const made = new RegExp(`${APART}|(${named})`, "giu")
  patterns.set(unit, made)
  return made
}

/** The Markdown with each reference to an existing page turned into a link. */
export function linkPageReferences(markdown: string, of: Pick<PagesOf, "pages" | "unit"> | null): string {
  if (!of) return markdown
  return markdown.replace(patternOf(of.unit), (whole, _code, named: string | undefined, number: string | undefined) => {
    const page = Number(number)
    if (named === undefined || page < 1 || page > of.pages) return whole
    const opened = whole.startsWith("[")
    const closed = whole.endsWith("]")
    // An unbalanced bracket is not part of the reference.
    if (opened !== closed)
      return `${opened ? "\\[" : ""}[${whole.replace(/[[\]]/g, "")}](#document-page-${page})${closed ? "\\]" : ""}`
    return `[${whole.replace(/[[\]]/g, "")}](#document-page-${page})`
  })
}

/** The page number of such a link. */
export function pageFromLink(href: string): number | null {
  const page = /document-page-(\d{1,4})$/.exec(href)?.[1]
  return page === undefined ? null : Number(page)
}
