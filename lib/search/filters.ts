/**
 * Filters that limit a search to some of the conversations: `tag:name`, `folder:"two words"`, anywhere in the query.
 */
import { fold } from "@/lib/search/fold"

export type FilterKind = "tag" | "folder"

export interface Filter {
  kind: FilterKind
  /** Folded; never empty. */
  name: string
  /** The name is still being typed and matches as a prefix. */
  open: boolean
}

/** Maximum number of filters to apply; further ones are ignored. */
const MAX_FILTERS = 12
/** A quoted phrase (a filter in it is text), a filter, or a word. */
const PIECE = /"[^"]*"?|(tag|folder):("[^"]*"?|\S*)|\S+|\s+/giu

/** Normalizes quotation marks: typographic ones of phones and languages. */
const plainQuotes = (text: string) => text.replace(/[“”„«»＂]/g, '"')

const kindOf = (typed: string): FilterKind => (typed.toLowerCase() === "tag" ? "tag" : "folder")
/** A name in the form that is compared. Tags have no spaces: typed ones stand for dashes. */
const nameOf = (kind: FilterKind, name: string) => (kind === "tag" ? fold(name).replace(/\s+/g, "-") : fold(name))

/** The filters of a query, and the text without them. A filter without a name is ignored: it is still being typed. */
export function readFilters(input: string): { text: string; filters: Filter[] } {
  const filters: Filter[] = []
  const text = plainQuotes(input).replace(PIECE, (piece, typed?: string, value?: string, at?: number) => {
    if (typed === undefined || value === undefined || at === undefined) return piece
    const quoted = value.startsWith('"')
    const closed = quoted ? value.length > 1 && value.endsWith('"') : at + piece.length < input.length
    const kind = kindOf(typed)
    const name = nameOf(kind, value.replaceAll('"', "").trim())
    if (name !== "" && filters.length < MAX_FILTERS) filters.push({ kind, name, open: !closed })
    return ""
  })
  return { text, filters }
}

/** Whether a tag or folder with this name passes the filter. */
export function passes({ name, open }: Filter, candidate: string): boolean {
  const folded = fold(plainQuotes(candidate).replaceAll('"', ""))
  return open ? folded.startsWith(name) : folded === name
}

/** A filter in its typed form. */
export const filterText = (kind: FilterKind, name: string): string => {
  const value = plainQuotes(name).replaceAll('"', "")
  return `${kind}:${/\s/.test(value) ? `"${value}"` : value}`
}

/** The last word, still being typed: the (folded) name in its filter, or the beginning of a possible filter. */
export function unfinishedFilter(text: string): { kind: FilterKind | null; name: string } {
  const [, typed, quoted, plain, word = ""] =
    /(?:(?:^|\s)(tag|folder):(?:"([^"]*)|([^\s"]*))|([^\s"]*))$/iu.exec(plainQuotes(text)) ?? []
  if (typed === undefined) return { kind: null, name: fold(word) }
  const kind = kindOf(typed)
  return { kind, name: nameOf(kind, quoted ?? plain ?? "") }
}

/**
 * Completes the last word, which may be the beginning of a filter or of a name (“tag:wo”, “folder:"my p”, “wo”), to
 * this filter, ready for further input.
 */
export const completeFilter = (text: string, kind: FilterKind, name: string): string =>
  `${plainQuotes(text).replace(/(?:(?:tag|folder):"[^"]*|\S*)$/iu, "")}${filterText(kind, name)} `
