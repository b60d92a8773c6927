"use client"

import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { useStoreSelector } from "@/components/base/store"
import { answeringModel } from "@/components/models/model-choice"
import { preferredModel } from "@/components/models/model-preferences"
import { isModelAvailable, presetModel } from "@/components/presets/preset-model"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatSettings, Comparing } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

/** The chat's settings store; the compared models are one of the settings. */
interface ChatSettingsStore {
  get: () => ChatSettings
  subscribe: (listener: () => void) => () => void
  change: (settings: ChatSettings) => void
}

const NOBODY: Comparing = { models: [] }

/** The models that the next message goes to: one, or several to compare until that is ended. */
export function useAskedModels(
  view: ConversationView | null,
  models: ModelsResponse,
  preset: Preset | null,
  settings: ChatSettingsStore,
) {
  const { model, chosen, setModel } = useModel(view, models, preset)
  const compared = useCompared(settings)
  const compare = useCallback(
    (next: Comparing) => {
      const { compare: _old, ...rest } = settings.get()
      if (sameComparing(comparingOf(settings.get()), next)) return
      settings.change(next.models.length > 1 ? { ...rest, compare: next } : rest)
    },
    [settings],
  )
  const chooseModel = useCallback(
    (id: string) => {
      setModel(id)
      compare(NOBODY)
    },
    [setModel, compare],
  )
  const comparing = useCallback(() => comparingOf(settings.get()), [settings])
  return { model, chosen, setModel, chooseModel, compared, comparing, compare }
}

/** Data in browser storage may come from an earlier version or have been edited. */
const comparingOf = ({ compare }: ChatSettings): Comparing => (Array.isArray(compare?.models) ? compare : NOBODY)

/** Whether both have the same models, in any order, with the same blind setting. */
const sameComparing = (old: Comparing, next: Comparing): boolean =>
  Boolean(old.blind) === Boolean(next.blind) && [...old.models].sort().join() === [...next.models].sort().join()

/**
 * The models that the next message is sent to in parallel; empty when not comparing. Returns the same object while the
 * content is the same.
 */
function useCompared(settings: ChatSettingsStore): Comparing {
  const text = useStoreSelector(settings, (chosen) => JSON.stringify(comparingOf(chosen)))
  return useMemo(() => JSON.parse(text), [text])
}

/** The conversation's own model, else the preset's, else the last selected one, else the default. */
function useModel(view: ConversationView | null, models: ModelsResponse, preset: Preset | null) {
  const own = view ? view.conversation.model : presetModel(preset?.model ?? null, models.models).id
  const [model, show] = useState(answeringModel(own ?? models.default, models))
  const chosen = useRef(model)
  const set = useCallback((next: string) => {
    chosen.current = next
    show(next)
  }, [])
  useEffect(() => {
    set(answeringModel(chosen.current, models))
    const preferred = own ? null : preferredModel.get() || null
    if (preferred && isModelAvailable(models.models, preferred)) set(preferred)
  }, [own, models, set])
  const setModel = useCallback(
    (next: string) => {
      set(next)
      preferredModel.set(next)
    },
    [set],
  )
  return { model, chosen, setModel }
}
