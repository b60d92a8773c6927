import type { DraftStore } from "@/components/composer/draft"

/** Puts a text in the place of what is selected in the field, with the caret behind it: one step for Ctrl+Z. */
export function insertText(field: HTMLTextAreaElement, draft: DraftStore, text: string): void {
  field.focus()
  // Nothing else writes the browser's own history of a field; where it is refused, the text comes without a way back.
  const written = document.execCommand("insertText", false, text)
  if (!written) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
  draft.update(() => ({ text: field.value }))
}

/** Another text for the field, with the caret at its start or end. */
export function replaceText(field: HTMLTextAreaElement, draft: DraftStore, text: string, caret: "start" | "end"): void {
  field.setRangeText(text, 0, field.value.length, caret)
  draft.update(() => ({ text: field.value }))
}
