import type { DraftStore } from "@/components/draft/draft"

/** Puts a text in the place of what is selected in the field, with the caret behind it: one step for Ctrl+Z. */
export function insertText(field: HTMLTextAreaElement, draft: DraftStore, text: string): void {
  field.focus()
  const { value, selectionStart: start, selectionEnd: end } = field
  const before = value.slice(0, start) + text.replaceAll("\r\n", "\n")
  const wanted = before + value.slice(end)
  write(text)
  // Where the browser refuses or alters it, the text comes without a way back.
  if (field.value !== wanted) {
    field.setRangeText(wanted, 0, field.value.length)
    field.setSelectionRange(before.length, before.length)
  }
  draft.update(() => ({ text: field.value }))
}

/**
 * Types into the field that has the focus. Nothing else writes the browser's own history of a field. A field takes
 * markup as its text, and at once: thousands of lines of plain text keep Chromium busy for half a minute. Firefox takes
 * them only so.
 */
function write(text: string): void {
  const markup = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  if (!document.execCommand("insertHTML", false, markup)) document.execCommand("insertText", false, text)
}

/** Another text for the field, with the caret at its start or end. */
export function replaceText(field: HTMLTextAreaElement, draft: DraftStore, text: string, caret: "start" | "end"): void {
  field.setRangeText(text, 0, field.value.length, caret)
  draft.update(() => ({ text: field.value }))
}
