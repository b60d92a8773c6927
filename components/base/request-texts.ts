/** What requests say themselves, in the page's language: they run outside of components, which have the catalogue. */
import type messages from "@/lib/i18n/en.json"

type Key = keyof typeof messages.requests
type Translate = (key: Key, values?: Record<string, number>) => string

let translate: Translate = (key) => key

/** The catalogue of the page, before anything is asked. Only in the browser: a server has pages of many languages. */
export function setRequestTexts(t: Translate): void {
  translate = t
}

export const requestText: Translate = (key, values) => translate(key, values)
