"use client"

import { Upload } from "lucide-react"
import { useTranslations } from "next-intl"
import { type DragEvent, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { FileInput } from "@/components/ui/file-input"
import { cn } from "@/lib/cn"

interface Props {
  onFile: (file: File) => void
  problem: string | null
}

/** Accepts one file, dropped or chosen. */
export function DropZone({ onFile, problem }: Props) {
  const t = useTranslations("recordings")
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file can also be chosen with the button
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex min-h-52 flex-col items-center justify-center gap-3 rounded-xl border border-dashed px-4 py-8 text-center",
        over && "border-spark bg-spark-soft",
      )}
    >
      <Button onClick={() => picker.current?.click()}>
        <Upload className="size-4" aria-hidden /> {t("choose")}
      </Button>
      <FileInput
        ref={picker}
        accept=".ndjson,.json"
        aria-label={t("choose")}
        className="sr-only"
        tabIndex={-1}
        onFiles={([file]) => file && onFile(file)}
      />
      <p className="text-muted-foreground text-sm pointer-coarse:hidden">{t("drop")}</p>
      {problem && (
        <p role="alert" className="max-w-lg text-pretty text-danger text-sm">
          {problem}
        </p>
      )}
    </div>
  )
}
