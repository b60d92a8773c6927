import type { DraftStore } from "@/components/draft/draft"

/** Replaces the field's selection with a text and puts the caret after it, as a single undo step. */
export function insertText(field: HTMLTextAreaElement, draft: DraftStore, text: string): void {
  field.focus()
  const { value, selectionStart: start, selectionEnd: end } = field
  const before = value.slice(0, start) + text.replaceAll("\r\n", "\n")
  const wanted = before + value.slice(end)
  write(text)
  // Where the browser refuses or alters it, the text is set without undo.
  if (field.value !== wanted) {
    field.setRangeText(wanted, 0, field.value.length)
    field.setSelectionRange(before.length, before.length)
  }
  draft.update(() => ({ text: field.value }))
}

/**
 * Types into the focused field. `execCommand` is the only way to write to a field's undo history. `insertHTML` inserts
 * markup as text and is fast: thousands of lines of plain text via `insertText` block Chromium for half a minute.
 * Firefox accepts only `insertText`.
 */
function write(text: string): void {
  const markup = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  if (!document.execCommand("insertHTML", false, markup)) document.execCommand("insertText", false, text)
}

/** Replaces the field's text, with the caret at its start or end. */
export function replaceText(field: HTMLTextAreaElement, draft: DraftStore, text: string, caret: "start" | "end"): void {
  field.setRangeText(text, 0, field.value.length, caret)
  draft.update(() => ({ text: field.value }))
}
