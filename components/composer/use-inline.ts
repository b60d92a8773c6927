import { type FormEvent, type RefObject, useCallback, useRef } from "react"
import { insertText } from "@/components/composer/insert-text"
import type { DraftStore } from "@/components/draft/draft"
import type { Uploads } from "@/components/uploads/uploads"
import type { TextFile } from "@/lib/messages/types"

/** A file whose text was inserted into the field. */
interface Inlined {
  file: TextFile
  /** The field's text before and after inserting. */
  before: string
  after: string
  /** Key of the attachment once undo has restored it. */
  key: string | null
}

/**
 * Inserts an attached file's text into the message instead. The browser's undo removes it again and restores the
 * attachment: the field's `onInput` detects that and passes the attachment's new key to `onBack`.
 */
export function useInline(
  draft: DraftStore,
  uploads: Uploads,
  field: RefObject<HTMLTextAreaElement | null>,
  onBack: (key: string) => void,
) {
  const last = useRef<Inlined | null>(null)
  const inline = useCallback(
    (key: string) => {
      const file = draft.get().attachments.find((attachment) => attachment.key === key)?.file
      if (!field.current || !file) return
      uploads.remove(key)
      const before = field.current.value
      insertText(field.current, draft, file.text)
      last.current = { file, before, after: field.current.value, key: null }
    },
    [draft, uploads, field],
  )
  const onInput = ({ nativeEvent, currentTarget: { value } }: FormEvent<HTMLTextAreaElement>) => {
    const inlined = last.current
    if (!inlined || !(nativeEvent instanceof InputEvent)) return
    if (nativeEvent.inputType === "historyUndo" && value === inlined.before && !inlined.key) {
      inlined.key = uploads.addText(inlined.file)
      if (inlined.key) onBack(inlined.key)
    } else if (nativeEvent.inputType === "historyRedo" && value === inlined.after && inlined.key) {
      uploads.remove(inlined.key)
      inlined.key = null
    }
  }
  return { inline, onInput }
}
