"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { DropZone } from "@/components/recording/drop-zone"
import { PlayedRecording } from "@/components/recording/played-recording"
import { MAX_FILE_BYTES } from "@/lib/recording/format"
import { type Recording, RecordingError, readRecording } from "@/lib/recording/read"

interface Opened {
  name: string
  recording: Recording
}

/** Opens and plays a recording. It stays in this page: nothing is sent anywhere. */
export function RecordingPage() {
  const t = useTranslations("recordings")
  const [opened, setOpened] = useState<Opened | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const open = async (file: File) => {
    setProblem(null)
    try {
      if (file.size > MAX_FILE_BYTES) throw new RecordingError("large")
      setOpened({ name: file.name, recording: readRecording(await file.text()) })
    } catch (error) {
      const { reason, line } = error instanceof RecordingError ? error : { reason: "unread" as const, line: 0 }
      setProblem(t(`problem.${reason}`, { name: file.name, line, megabytes: MAX_FILE_BYTES / 1_000_000 }))
    }
  }
  if (opened)
    return (
      <PlayedRecording
        key={`${opened.name} ${opened.recording.head.savedAt}`}
        {...opened}
        onClose={() => setOpened(null)}
      />
    )
  return (
    <div className="mx-auto w-full max-w-3xl px-4 pb-10 sm:px-6">
      <p className="pb-4 text-pretty text-muted-foreground text-sm leading-6">{t("meaning")}</p>
      <DropZone onFile={(file) => void open(file)} problem={problem} />
    </div>
  )
}
