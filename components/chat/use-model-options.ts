import { type KeyboardEvent, useState } from "react"
import { comparedModels } from "@/components/chat/compared-models"
import { favouriteModels, toggleFavourite } from "@/components/chat/favourite-models"
import { firstPicked, nextActive, offeredModels, togglePicked } from "@/components/chat/model-choice"
import type { ModelInfo } from "@/lib/ai/model.types"
import { COMPARED } from "@/lib/chat/compared"

interface Options {
  models: ModelInfo[]
  /** The id of the one that answers now. */
  value: string
  /** Those that are compared already. */
  compared: string[]
  /** Letters search; else they move. */
  searchable: boolean
  onChoose: (model: ModelInfo) => void
  onLeave: () => void
}

export type ModelOptionsState = ReturnType<typeof useModelOptions>

/** The state of the list behind `ModelPicker`: what it offers, where the keys are, what is picked to compare. */
export function useModelOptions({ models, value, compared, searchable, onChoose, onLeave }: Options) {
  const [query, setQuery] = useState("")
  const [favourites, setFavourites] = useState(favouriteModels)
  /** Those to compare; null while one is chosen. */
  const [picked, setPicked] = useState<string[] | null>(compared.length > 0 ? compared : null)
  const [activeId, setActiveId] = useState(value)
  const offered = offeredModels(models, query, favourites)
  const active = Math.max(
    0,
    offered.findIndex(({ id }) => id === activeId),
  )
  const current = offered[active]

  const choose = (model: ModelInfo) => {
    if (picked) setPicked(togglePicked(picked, model.id, COMPARED.most))
    else onChoose(model)
  }
  const isChosen = ({ id }: ModelInfo) => (picked ? picked.includes(id) : id === value)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const next = nextActive(event.key, active, offered, !searchable)
    if (next !== null) setActiveId(offered[next]?.id ?? value)
    else if ((event.key === "Enter" || (event.key === " " && !searchable)) && current) choose(current)
    else if (event.key === "Escape") onLeave()
    else return
    event.preventDefault()
  }
  return {
    query,
    search: setQuery,
    offered,
    active,
    /** The one that the keys are at, `offered[active]`. */
    current,
    activate: ({ id }: ModelInfo) => setActiveId(id),
    choose,
    isChosen,
    /** No more can be picked. */
    isFull: (model: ModelInfo) => picked?.length === COMPARED.most && !isChosen(model),
    onKeyDown,
    picked,
    pickSeveral: () => setPicked(firstPicked(comparedModels(), models, value).slice(0, COMPARED.most)),
    pickOne: () => setPicked(null),
    isFavourite: ({ id }: ModelInfo) => favourites.includes(id),
    toggleFavourite: ({ id }: ModelInfo) => setFavourites(toggleFavourite(id)),
  }
}
