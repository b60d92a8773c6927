"use client"

import { CircleStop, Volume2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useSyncExternalStore } from "react"
import {
  canSpeak,
  speakingId,
  startSpeaking,
  stopSpeaking,
  stopWithMessage,
  subscribeSpeaking,
} from "@/components/speech/speaking"
import { IconButton } from "@/components/ui/icon-button"

/** Reads an answer aloud, and stops. Only to be seen where there is a voice on this machine. */
export function ReadAloud({ id, text }: { id: string; text: () => string }) {
  const t = useTranslations("speech")
  const available = useSyncExternalStore(subscribeSpeaking, canSpeak, () => false)
  const speaking = useSyncExternalStore(
    subscribeSpeaking,
    () => speakingId() === id,
    () => false,
  )
  // Once what takes its place is there.
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
