"use client"

import { useTranslations } from "next-intl"
import { type DragEvent, useRef, useState } from "react"
import { ImportOutcome } from "@/components/import/import-outcome"
import { ImportPreview } from "@/components/import/import-preview"
import { type Importing, useImport } from "@/components/import/use-import"
import { Button } from "@/components/ui/button"
import { FileInput } from "@/components/ui/file-input"
import { Spinner } from "@/components/ui/spinner"
import { cn } from "@/lib/cn"

/** Takes an export file, by button or drop, and guides through the import. `onDone`: called when chats were added. */
export function ImportRow({ onDone }: { onDone: () => void }) {
  const t = useTranslations("appSettings.import")
  const own = useImport(onDone)
  const [over, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const busy = own.uploading !== null || own.state?.state === "reading"
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files")
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same
    <div
      onDragOver={(event) => {
        if (busy || !hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const [file] = event.dataTransfer.files
        if (busy || !file) return
        event.preventDefault()
        own.begin(file)
      }}
      className={cn(
        "flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b py-3",
        over && "-mx-2 rounded-md bg-spark-soft px-2",
      )}
    >
      <div className="min-w-[min(100%,13rem)] flex-1">
        <p className="text-sm">{t("label")}</p>
        <p className="mt-0.5 text-pretty text-[0.8125rem] text-muted-foreground leading-5">{t("meaning")}</p>
        <Status own={own} />
      </div>
      <FileInput
        ref={chooser}
        accept=".zip,.json,application/zip,application/json"
        aria-label={t("label")}
        tabIndex={-1}
        className="sr-only"
        onFiles={([file]) => file && own.begin(file)}
      />
      {busy ? (
        <Button onClick={own.cancel}>{t("stop")}</Button>
      ) : (
        <Button onClick={() => chooser.current?.click()}>{t("choose")}</Button>
      )}
      {own.preview && own.state?.state === "ready" && <ImportPreview own={own} preview={own.preview} />}
      {own.state && <ImportOutcome own={own} state={own.state} />}
    </div>
  )
}

/** The state of the file, and any error. */
function Status({ own: { uploading, state, problem } }: { own: Importing }) {
  const t = useTranslations("appSettings.import")
  const wrong = problem ?? (state?.state === "failed" ? state.error : null)
  return (
    <>
      <p role="status" className="wrap-anywhere mt-1 flex items-center gap-2 text-[0.8125rem] empty:hidden">
        {uploading !== null && (
          <>
            <Spinner /> {t("uploading", { name: uploading })}
          </>
        )}
        {state?.state === "reading" && (
          <>
            <Spinner /> {t("reading", { name: state.name })}
          </>
        )}
      </p>
      {wrong && (
        <p role="alert" className="wrap-anywhere mt-1 text-[0.8125rem] text-danger">
          {wrong}
        </p>
      )}
    </>
  )
}
