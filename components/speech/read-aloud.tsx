"use client"

import { CircleStop, Volume2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect } from "react"
import { useStoreSelector } from "@/components/base/store"
import { canSpeak, speakingAnswer, startSpeaking, stopSpeaking, stopWithMessage } from "@/components/speech/speaking"
import { IconButton } from "@/components/ui/icon-button"

/** Reads an answer aloud, and stops. Shown only when this machine has a voice. */
export function ReadAloud({ id, text }: { id: string; text: () => string }) {
  const t = useTranslations("speech")
  const available = useStoreSelector(speakingAnswer, canSpeak, () => false)
  const speaking = useStoreSelector(
    speakingAnswer,
    (reading) => reading === id,
    () => false,
  )
  // Deferred until a replacement has mounted.
  useEffect(() => () => void setTimeout(() => stopWithMessage(id)), [id])
  if (!available) return null
  return speaking ? (
    <IconButton label={t("stop")} className="text-spark-text" onClick={stopSpeaking}>
      <CircleStop className="size-4" />
    </IconButton>
  ) : (
    <IconButton label={t("read")} onClick={() => void startSpeaking(id, text())}>
      <Volume2 className="size-4" />
    </IconButton>
  )
}
