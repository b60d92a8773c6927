"use client"

import { Undo2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCommandKey } from "@/components/base/use-command-key"
import type { Editor } from "@/components/schemas/editor/use-editor"
import { IconButton } from "@/components/ui/icon-button"
import { SubmitButton } from "@/components/ui/submit-button"
import { MAX_SCHEMA_NOTE } from "@/lib/limits"

interface Props {
  editor: Editor
  isUsable: boolean
  onSave: () => Promise<void>
}

/** Always visible: unsaved changes, a note about the new version, and the save button. */
export function SaveBar({ editor, isUsable, onSave }: Props) {
  const t = useTranslations("schemas")
  const { changed, kept, busy, error, undo, note, setNote } = editor
  const can = changed.length > 0 && isUsable && !busy
  const save = () => {
    if (can) void onSave()
  }
  useCommandKey("s", save)
  const isVersion = kept !== null && changed.includes("text")
  return (
    <form
      className="flex shrink-0 flex-wrap items-center gap-2 border-t bg-background px-4 py-2.5 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <p role="status" className="min-w-0 flex-1 basis-40 text-pretty text-[0.8125rem] text-muted-foreground">
        {error ? (
          <span className="text-danger">{error}</span>
        ) : (
          t(stateOf(editor, isUsable), { version: kept?.version ?? 1 })
        )}
      </p>
      {isVersion && (
        <input
          aria-label={t("note")}
          placeholder={t("note")}
          value={note}
          maxLength={MAX_SCHEMA_NOTE}
          onChange={({ target }) => setNote(target.value)}
          className="h-9 min-w-0 flex-1 basis-48 rounded-md border border-input bg-background px-3 text-sm max-sm:text-base"
        />
      )}
      {undo && (
        <IconButton label={t("undo")} onClick={undo}>
          <Undo2 className="size-4" />
        </IconButton>
      )}
      {/* Not disabled, to keep focus; with nothing to save it does nothing. */}
      <SubmitButton variant="primary" aria-disabled={!can} className="aria-disabled:opacity-45">
        {t(isVersion ? "saveVersion" : "save")}
      </SubmitButton>
    </form>
  )
}

function stateOf({ changed, kept }: Editor, isUsable: boolean) {
  if (changed.length === 0) return kept ? "state.saved" : "state.empty"
  return isUsable ? "state.unsaved" : "state.unusable"
}
