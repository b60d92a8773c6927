import type { DraftStore } from "@/components/composer/draft"

/** Puts a text in the place of what is selected in the field, with the caret behind it. Nothing else is lost. */
export function insertText(field: HTMLTextAreaElement, draft: DraftStore, text: string): void {
  // The field first: its caret stays then, since the draft brings the same text again.
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end")
  draft.update(() => ({ text: field.value }))
  field.focus()
}

/** Another text for the field, with the caret at its start or end. */
export function replaceText(field: HTMLTextAreaElement, draft: DraftStore, text: string, caret: "start" | "end"): void {
  field.setRangeText(text, 0, field.value.length, caret)
  draft.update(() => ({ text: field.value }))
}
