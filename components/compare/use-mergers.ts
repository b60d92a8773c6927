import { useMemo } from "react"
import type { MergeModel } from "@/components/compare/merge-button"
import { useModelName } from "@/components/models/model-name"
import type { ChatMessage } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"

/** Maximum offered: a menu of all models would be too long. */
const MOST = 30

/** Models that can merge the compared answers: the chat's own first, then those that answered. */
export function useMergeModels(model: string, compared: ChatMessage[], { models }: ModelsResponse): MergeModel[] {
  const nameOf = useModelName(models)
  const answered = compared.flatMap(({ metadata }) => metadata?.model ?? []).join("\n")
  return useMemo(() => {
    const offered = models.filter(({ retired, missing, own }) => !(retired || missing || own)).map(({ id }) => id)
    const ids = [model, ...answered.split("\n"), ...offered].filter(Boolean)
    return [...new Set(ids)].slice(0, MOST).map((id) => ({ id, name: nameOf(id) }))
  }, [model, answered, models, nameOf])
}
