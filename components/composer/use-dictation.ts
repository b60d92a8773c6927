"use client"

import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useRef, useState } from "react"
import { asText, Preference } from "@/components/base/preference"
import { useInBrowser } from "@/components/base/store"
import type { DictationError } from "@/components/composer/dictated"
import type { Dictation } from "@/components/composer/dictation"
import {
  speechRecognition,
  spokenLanguage,
  supportsOnDeviceRecognition,
} from "@/components/composer/speech-recognition"
import type { DraftStore } from "@/components/draft/draft"
import { toast } from "@/components/ui/toast"

/** The user has agreed, knowing where speech is sent. */
const agreement = new Preference({ key: "sparkler:dictation", initial: "", form: asText })

export type DictationState = "idle" | "asking" | "starting" | "listening"

export interface DictationControl {
  /** Supported by the browser. */
  available: boolean
  state: DictationState
  /** Starts, asking for consent the first time; stops while listening. */
  toggle: () => void
  stop: () => void
  /** The user's answer to the consent question. */
  answer: (agreed: boolean) => void
}

/** Dictation, where the browser supports it. */
export function useDictation(draft: DraftStore, field: RefObject<HTMLTextAreaElement | null>): DictationControl {
  const t = useTranslations("dictation")
  const available = useInBrowser(
    // Over http:// other than localhost, pages have no microphone access.
    () => window.isSecureContext && speechRecognition() !== undefined,
  )
  const [state, setState] = useState<DictationState>("idle")
  const running = useRef<Dictation | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const ended = (fault: DictationError | null) => {
    running.current = null
    setState("idle")
    if (fault) toast.error(t(`wrong.${fault}`))
    field.current?.focus({ preventScroll: true })
  }
  const start = async () => {
    setState("starting")
    try {
      const { dictate } = await import("@/components/composer/dictation")
      if (!field.current) return
      const onListening = () => setState("listening")
      running.current = await dictate({ field: field.current, draft, onListening, onEnd: ended })
      if (!running.current) ended("failed")
    } catch {
      ended("failed")
    }
  }
  const begin = async () => {
    setState("starting")
    if (agreement.get() === "agreed" || (await supportsOnDeviceRecognition(spokenLanguage()))) await start()
    else setState("asking")
  }
  return {
    available,
    state,
    toggle: () => {
      if (state === "idle") void begin()
      else running.current?.stop()
    },
    stop: () => running.current?.stop(),
    answer: (agreed) => {
      if (!agreed) return setState("idle")
      agreement.set("agreed")
      void start()
    },
  }
}
