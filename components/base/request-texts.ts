/** Messages of requests in the page's language: requests run outside of components and have no translation context. */
import type messages from "@/lib/i18n/en.json"

type Key = keyof typeof messages.requests
type Translate = (key: Key, values?: Record<string, number>) => string

let translate: Translate = (key) => key

/** Sets the page's translations before the first request. Browser only: a server renders pages in many languages. */
export function setRequestTexts(t: Translate): void {
  translate = t
}

export const requestText: Translate = (key, values) => translate(key, values)
