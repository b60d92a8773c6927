"use client"

import { useCallback, useState } from "react"
import { fetchModels } from "@/components/base/conversation-api"
import { useModelNews } from "@/components/conversations/store"
import { clearRemainingModels } from "@/components/models/known-models"
import type { ModelsResponse } from "@/lib/models/model.types"

/**
 * The models sent with the page, kept current: a key added in any tab unlocks others, and the operator may offer
 * others. `used` is the conversation's own.
 */
export function useModels(initial: ModelsResponse, used: string | null): ModelsResponse {
  const [known, setKnown] = useState({ initial, models: initial })
  if (known.initial !== initial) setKnown({ initial, models: initial })
  const read = useCallback(() => {
    fetchModels(used ? [used, initial.default] : [initial.default]).then(
      (models) => {
        clearRemainingModels()
        setKnown((before) => ({ ...before, models }))
      },
      () => undefined,
    )
  }, [used, initial.default])
  useModelNews(read)
  return known.models
}
