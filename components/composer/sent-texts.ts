/** Texts recently sent from this browser, so that ↑ finds them in other conversations. */
import { type PageStorage, readJson } from "@/components/base/storage"

type Storage = Pick<PageStorage, "getItem" | "setItem">

export interface SentText {
  /** The conversation's id: its texts are removed when it is deleted. */
  id: string
  text: string
}

const KEY = "sparkler:sent"
const MOST = 50
/** Maximum characters of one text; longer ones are not worth recalling here. */
const LONGEST = 4_000

const isSent = (value: unknown): value is SentText =>
  typeof value === "object" &&
  value !== null &&
  "id" in value &&
  typeof value.id === "string" &&
  "text" in value &&
  typeof value.text === "string"

/** Newest first. */
export function sentTexts(storage: Storage): SentText[] {
  const kept = readJson(storage, KEY)
  return Array.isArray(kept) ? kept.filter(isSent) : []
}

export function saveSentText(storage: Storage, sent: SentText): void {
  if (!sent.text.trim() || sent.text.length > LONGEST) return
  write(storage, [sent, ...sentTexts(storage).filter(({ text }) => text !== sent.text)].slice(0, MOST))
}

/** Removes the texts of a deleted conversation. */
export function removeSentTexts(storage: Storage, conversationId: string): void {
  const kept = sentTexts(storage)
  const rest = kept.filter(({ id }) => id !== conversationId)
  if (rest.length < kept.length) write(storage, rest)
}

const write = (storage: Storage, texts: SentText[]) => void storage.setItem(KEY, JSON.stringify(texts))
