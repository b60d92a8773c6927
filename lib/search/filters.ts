/** What narrows a search to a part of the conversations: `tag:name`, `folder:"two words"`, anywhere in the text. */
import { fold } from "@/lib/search/fold"

export type FilterKind = "tag" | "folder"

export interface Filter {
  kind: FilterKind
  /** Folded; never empty. */
  name: string
  /** The name may go on: it is still being typed. */
  open: boolean
}

/** Filters that are read; those behind them narrow nothing. */
const MAX_FILTERS = 12
/** A phrase in quotes (a filter in it is text), a filter, or a word. */
const PIECE = /"[^"]*"?|(tag|folder):("[^"]*"?|\S*)|\S+|\s+/giu

/** Quotes of all kinds as plain ones: those that phones and languages have, and those in a name. */
const plainQuotes = (text: string) => text.replace(/[“”„«»＂]/g, '"')

const kindOf = (typed: string): FilterKind => (typed.toLowerCase() === "tag" ? "tag" : "folder")
/** A name as it is compared. Tags have no blanks: those of a typed one stand for its dashes. */
const nameOf = (kind: FilterKind, name: string) => (kind === "tag" ? fold(name).replace(/\s+/g, "-") : fold(name))

/** The filters of a text, and the text without them. A filter without a name is left out: it is being typed. */
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

/** Does a tag or folder of this name pass the filter? */
export function passes({ name, open }: Filter, candidate: string): boolean {
  const folded = fold(plainQuotes(candidate).replaceAll('"', ""))
  return open ? folded.startsWith(name) : folded === name
}

/** A filter as it is typed. */
export const filterText = (kind: FilterKind, name: string): string => {
  const value = plainQuotes(name).replaceAll('"', "")
  return `${kind}:${/\s/.test(value) ? `"${value}"` : value}`
}

/** The last word, still being typed: the name that a filter begins with (folded), or that one may begin with. */
export function unfinishedFilter(text: string): { kind: FilterKind | null; name: string } {
  const [, typed, quoted, plain, word = ""] =
    /(?:(?:^|\s)(tag|folder):(?:"([^"]*)|([^\s"]*))|([^\s"]*))$/iu.exec(plainQuotes(text)) ?? []
  if (typed === undefined) return { kind: null, name: fold(word) }
  const kind = kindOf(typed)
  return { kind, name: nameOf(kind, quoted ?? plain ?? "") }
}

/**
 * The text with its last word, which may be the beginning of a filter or of a name (“tag:wo”, “folder:"my p”, “wo”),
 * completed to this filter, ready for what follows.
 */
export const completeFilter = (text: string, kind: FilterKind, name: string): string =>
  `${plainQuotes(text).replace(/(?:(?:tag|folder):"[^"]*|\S*)$/iu, "")}${filterText(kind, name)} `
