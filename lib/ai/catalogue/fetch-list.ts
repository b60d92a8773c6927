/** Reads JSON from a model server with limits on bytes, pages, and time. */
import { type Entry, textIn, toEntry } from "@/lib/ai/catalogue/values"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { isTooMuch } from "@/lib/json-shape"

export interface Source {
  /** Without a trailing slash. */
  url: string
  apiKey: string | undefined
  signal: AbortSignal
}

/** OpenRouter's list of several hundred models is 1 MB with about 30,000 values. */
const MAX_BYTES = 8_000_000
const MAX_VALUES = 300_000
const MAX_PAGES = 20

export class ListingError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`)
  }
}

/** The JSON at `{source.url}{path}`. Throws for anything but a success with JSON; redirects are refused. */
export async function fetchJson({ url, apiKey, signal }: Source, path: string, body?: object): Promise<unknown> {
  const response = await nodeFetch(`${url}${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      accept: "application/json",
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    body: body && JSON.stringify(body),
    signal,
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new ListingError(response.status)
  }
  const text = await textWithin(response)
  if (isTooMuch(text, MAX_VALUES)) throw new Error("the list has too many values")
  return JSON.parse(text)
}

async function textWithin(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > MAX_BYTES) throw new Error("the list is too large")
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}

/**
 * All entries of a paginated list under `member`, up to twenty pages. Throws if the first page can't be read; if a
 * later page fails, keeps what was read.
 */
export async function fetchPages(source: Source, path: string, member: string): Promise<unknown[]> {
  const entries: unknown[] = []
  const seen = new Set<string>()
  let token = ""
  for (let page = 0; page < MAX_PAGES; page++) {
    const separator = path.includes("?") ? "&" : "?"
    const asked = `${path}${separator}pageSize=200&pageToken=${encodeURIComponent(token)}`
    let read: Entry
    try {
      read = toEntry(await fetchJson(source, asked))
    } catch (error) {
      if (page === 0) throw error
      break
    }
    const list = read[member]
    if (Array.isArray(list)) entries.push(...list)
    const next = textIn(read.nextPageToken, 4_000)
    if (!next || seen.has(next)) break
    seen.add(next)
    token = next
  }
  return entries
}
