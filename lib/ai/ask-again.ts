/**
 * Servers differ in what they accept: one has no tools, one no reasoning levels, one rejects an unknown key. If the
 * refused part is optional, the request is repeated without it, before the first token, and the refusal is remembered.
 */
import { applyChange, type Body, type Change } from "@/lib/ai/refusals/changes"
import { knownChanges, placeOf, remember, withoutKnown } from "@/lib/ai/refusals/memory"
import { changeFor } from "@/lib/ai/refusals/rules"
import { readRefusal } from "@/lib/ai/retrying-fetch"
import { rawErrorText } from "@/lib/ai/upstream/upstream-words"

/** Changes per request: a server that refuses more than this refuses the request. */
const MAX_CHANGES = 6

/** Called with what was left out of a request that succeeded, the first time a model refuses it. */
export type OnRefusedChange = (change: Change) => void

/** `fetch` that repeats a request without the refused parts. */
export function retryingRefusals(fetchUpstream: typeof fetch, told: OnRefusedChange = () => {}): typeof fetch {
  return async (input, init) => {
    const text = init?.body
    if (typeof text !== "string" || typeof input !== "string") return fetchUpstream(input, init)
    const place = placeOf(input, modelIn(text))
    const known = knownChanges(place)
    const changes: Change[] = []
    const keep = () => {
      remember(place, changes)
      for (const change of changes) told(change)
    }
    // Parsed only when something has to change: a conversation with images has megabytes.
    let body: Body | null = known.length > 0 ? withoutKnown(bodyOf(text), known) : null
    for (;;) {
      const response = await fetchUpstream(input, body ? { ...init, body: JSON.stringify(body) } : init)
      if (response.ok) {
        keep()
        return response
      }
      const refusal = await readRefusal(response)
      const asked = body ?? bodyOf(text)
      const change = changeFor({ status: response.status, words: rawErrorText(refusal.body), body: asked })
      const next = change && applyChange(asked, change)
      if (!change || !next || changes.length === MAX_CHANGES) {
        // Being busy is not a refusal of the content: remember the changes made so far for the next try.
        if (BUSY.has(response.status)) keep()
        return refusal.response
      }
      changes.push(change)
      body = next
    }
  }
}

const BUSY = new Set([408, 429, 502, 503, 504, 520, 529])

/** The model in a request body; the AI SDK writes it first. */
const modelIn = (text: string): string => /^\{"model":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? String(bodyOf(text).model)

function bodyOf(text: string): Body {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {}
  } catch {
    return {}
  }
}
