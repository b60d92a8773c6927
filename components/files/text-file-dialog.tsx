"use client"

import { CornerDownLeft, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { factsOf, formatBytes } from "@/components/files/facts"
import { isTable, PlainView, TableView } from "@/components/files/text-file-view"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { Dialog } from "@/components/ui/dialog"
import { useUnsaved } from "@/components/ui/unsaved"
import type { TextFile } from "@/lib/messages/types"

type View = "table" | "text"

interface Props {
  file: TextFile
  onClose: () => void
  /** Actions on a file that is not sent yet. */
  draft?: {
    onChange: (text: string) => void
    onRemove: () => void
    /** Puts its text into the message instead. */
    onInline: (text: string) => void
  }
}

/** Shows a text file: a table as a table, code highlighted; editable before it is sent. */
export default function TextFileDialog({ file, onClose, draft }: Props) {
  const t = useTranslations("files")
  const locale = useFormatLocale()
  const [shown, setShown] = useState<View>(isTable(file) ? "table" : "text")
  const [text, setText] = useState(file.text)
  // Closing saves changes: only closing the tab would lose them.
  useUnsaved(draft !== undefined && text !== file.text)
  const { lines, bytes } = factsOf(text)
  const close = () => {
    if (draft && text !== file.text) draft.onChange(text)
    onClose()
  }
  const current = { ...file, text }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title={file.name}
      description={t("facts", { lines, size: formatBytes(bytes, locale) })}
      className="w-[min(94vw,52rem)]"
      footer={
        draft && (
          <>
            <Button size="sm" variant="danger" className="me-auto" onClick={draft.onRemove}>
              <Trash2 className="size-3.5" /> {t("remove")}
            </Button>
            <Button size="sm" onClick={() => draft.onInline(text)}>
              <CornerDownLeft className="size-3.5" /> {t("inline")}
            </Button>
            <Button size="sm" variant="primary" onClick={close}>
              {t("done")}
            </Button>
          </>
        )
      }
    >
      <div className="mb-2 flex flex-wrap items-center gap-1.5">
        {isTable(file) && <ViewChoice shown={shown} onShow={setShown} />}
        <CopyButton text={() => text} className="ms-auto">
          {t("copy")}
        </CopyButton>
      </div>
      {shown === "table" ? (
        <TableView file={current} />
      ) : draft ? (
        <textarea
          aria-label={t("edit", { name: file.name })}
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          className="block h-[46dvh] w-full resize-none rounded-lg border border-input bg-surface p-3 font-mono text-[0.8125rem] leading-normal focus:border-ring"
        />
      ) : (
        <PlainView file={file} />
      )}
    </Dialog>
  )
}

function ViewChoice({ shown, onShow }: { shown: View; onShow: (view: View) => void }) {
  const t = useTranslations("files")
  return (
    <fieldset aria-label={t("view")} className="flex rounded-md bg-muted p-0.5">
      {(["table", "text"] as const).map((view) => (
        <Choice key={view} chosen={shown === view} onChoose={() => onShow(view)}>
          {t(view)}
        </Choice>
      ))}
    </fieldset>
  )
}

function Choice({ chosen, onChoose, children }: { chosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`h-7 rounded-sm px-2.5 text-[0.8125rem] ${chosen ? "bg-surface font-medium shadow-sm" : "text-muted-foreground hover:text-foreground"}`}
    >
      {children}
    </button>
  )
}
