"use client"

import { useCallback, useState } from "react"
import { fetchModels } from "@/components/base/conversation-api"
import { useModelNews } from "@/components/conversations/store"
import type { ModelsResponse } from "@/lib/models/model.types"

/** The models as the page came with them, and as they are since: a key that is given in any tab opens others. */
export function useModels(initial: ModelsResponse): ModelsResponse {
  const [known, setKnown] = useState({ initial, models: initial })
  if (known.initial !== initial) setKnown({ initial, models: initial })
  const read = useCallback(() => {
    fetchModels().then(
      (models) => setKnown((before) => ({ ...before, models })),
      () => undefined,
    )
  }, [])
  useModelNews(read)
  return known.models
}
