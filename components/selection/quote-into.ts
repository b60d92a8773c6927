import { insertText } from "@/components/composer/insert-text"
import type { DraftStore } from "@/components/draft/draft"
import { quoteAt } from "@/components/selection/quote"

/** Appends a text to the composer and puts the caret after it. */
export function appendToDraft(draft: DraftStore, text: string): void {
  const field = document.getElementById("message")
  if (!(field instanceof HTMLTextAreaElement)) return
  field.setSelectionRange(field.value.length, field.value.length)
  insertText(field, draft, field.value.trim() === "" ? text : `\n${text}`)
}

/** Inserts a quote at the composer's caret and puts the caret after it. */
export function insertQuote(draft: DraftStore, text: string): void {
  const field = document.getElementById("message")
  if (!(field instanceof HTMLTextAreaElement) || text === "") return
  field.setSelectionRange(field.selectionEnd, field.selectionEnd)
  insertText(field, draft, quoteAt(field.value.slice(0, field.selectionEnd), text))
  field.scrollTop = field.scrollHeight
}
