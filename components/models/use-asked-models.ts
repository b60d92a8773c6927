"use client"

import { useCallback, useEffect, useRef, useState } from "react"
import { answeringModel } from "@/components/models/model-choice"
import { preferredModel } from "@/components/models/model-preferences"
import { canBeAsked, presetModel } from "@/components/presets/preset-model"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ModelsResponse } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

/** Which models the next message is asked of: one, or several that are compared. */
export function useAskedModels(view: ConversationView | null, models: ModelsResponse, preset: Preset | null) {
  const { model, chosen, setModel } = useModel(view, models, preset)
  const { compared, comparing, compare } = useCompared()
  const chooseModel = useCallback(
    (id: string) => {
      setModel(id)
      compare([])
    },
    [setModel, compare],
  )
  /** What is compared goes with a message, and is compared no longer. */
  const takeCompared = () => {
    const taken = comparing.current
    compare([])
    return taken
  }
  return { model, chosen, setModel, chooseModel, compared, comparing, compare, takeCompared }
}

/** The models that the next message is asked of at once; none when they are not compared. */
function useCompared() {
  const [compared, setCompared] = useState<string[]>([])
  const comparing = useRef(compared)
  const compare = useCallback((models: string[]) => {
    comparing.current = models
    setCompared(models)
  }, [])
  return { compared, comparing, compare }
}

/** The conversation's own model, else the preset's, else the one chosen last, else the default. */
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
    if (preferred && canBeAsked(models.models, preferred)) set(preferred)
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
