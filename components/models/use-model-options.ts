import { type KeyboardEvent, useState } from "react"
import { useStore } from "@/components/base/store"
import {
  firstPicked,
  idOfRow,
  nextByLetter,
  offeredModels,
  pickWay,
  togglePicked,
} from "@/components/models/model-choice"
import { comparedModels, favoriteModels, rememberTyped, toggleFavorite } from "@/components/models/model-preferences"
import { usePicked } from "@/components/models/use-ticks"
import { useListBox } from "@/components/ui/list-box"
import { COMPARED } from "@/lib/limits"
import type { Comparing } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { findModel, rowOf } from "@/lib/models/ways"

/** Initially rendered rows, and rows added when the end is near. */
const ROWS = 60

interface Options {
  listId: string
  models: ModelInfo[]
  /** The current model's id. */
  value: string
  /** The models being compared, or ticked so far. */
  compared: Comparing
  /** Called when the ticked models change; null: none. */
  onTick: (next: Comparing | null) => void
  /** Letters search; otherwise they move. */
  searchable: boolean
  onChoose: (model: ModelInfo) => void
  onLeave: () => void
}

export type ModelOptionsState = ReturnType<typeof useModelOptions>

/** The state of the list in `ModelPicker`: what it offers, the active row, and the models picked to compare. */
export function useModelOptions(options: Options) {
  const { listId, models, value, compared, searchable, onTick, onChoose, onLeave } = options
  const favorites = useStore(favoriteModels, favoriteModels.first)
  const { current, move, ...shown } = useOffered({ listId, models, value, searchable, favorites })
  /** The models to compare; null while choosing one. */
  const { picked, tick, pickFirst, ...toCompare } = usePicked({ compared, onTick })
  /** The model whose details are shown. */
  const [detailsOf, setDetailsOf] = useState<string | null>(null)
  const isTyped = ({ id }: ModelInfo) => !findModel(models, id)
  const pickedOf = (model: ModelInfo) => idOfRow(picked ?? [], model, models, favorites)

  const choose = (model: ModelInfo) => {
    if (picked) return tick(togglePicked(picked, pickedOf(model) ?? model.id, COMPARED.most))
    if (isTyped(model)) rememberTyped(model.id)
    onChoose(model)
  }
  const isChosen = (model: ModelInfo) => idOfRow(picked ?? [value], model, models, favorites) !== undefined
  /** No more can be picked. */
  const isFull = (model: ModelInfo) => picked?.length === COMPARED.most && !isChosen(model)
  const hasDetails = (model: ModelInfo) => !isTyped(model) && !isFull(model)
  const details = detailsOf === null ? null : (findModel(models, detailsOf) ?? null)
  const openDetails = (model: ModelInfo) => setDetailsOf(rowOf(models, model.id)?.id ?? null)
  const handles = (event: KeyboardEvent<HTMLElement>): boolean => {
    if (move(event.key)) return true
    if ((event.key === "Enter" || (event.key === " " && !searchable)) && current) choose(current)
    else if (current && hasDetails(current) && leadsOn(event)) openDetails(current)
    else if (event.key === "Escape") onLeave()
    else return false
    return true
  }
  return {
    ...shown,
    /** The active model. */
    current,
    choose,
    isChosen,
    isTyped,
    isFull,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!event.nativeEvent.isComposing && handles(event)) event.preventDefault()
    },
    picked,
    ...toCompare,
    pickSeveral: () => pickFirst(firstPicked(comparedModels.get(), models, value).slice(0, COMPARED.most)),
    isFavorite: ({ id }: ModelInfo) => favorites.includes(id),
    toggleFavorite: ({ id }: ModelInfo) => toggleFavorite(id),
    /** The label of a row: the way picked to compare. */
    asPicked: (model: ModelInfo) => findModel(models, pickedOf(model) ?? model.id) ?? model,
    details,
    hasDetails,
    openDetails,
    /** The selected way of the model whose details are shown: the picked or current one. */
    way: picked && details ? (wayOf(picked, details, models) ?? "") : value,
    /** Picks a way of it to compare. */
    pickWay: (id: string) =>
      picked && details && tick(pickWay(picked, wayOf(picked, details, models), id, COMPARED.most)),
    closeDetails: () => setDetailsOf(null),
  }
}

type OfferedOptions = Pick<Options, "listId" | "models" | "value" | "searchable"> & { favorites: string[] }

/** The rows matching the search, how many are rendered, and the active one. */
function useOffered({ listId, models, value, searchable, favorites }: OfferedOptions) {
  const [query, setQuery] = useState("")
  const [rows, setRows] = useState(ROWS)
  const [activeId, setActiveId] = useState(() => rowOf(models, value)?.id ?? value)
  const offered = offeredModels(models, query, favorites)
  const active = Math.max(
    0,
    offered.findIndex(({ id }) => id === activeId),
  )
  const current = offered[active]
  const list = useListBox({
    id: listId,
    values: offered.map(({ id }) => id),
    active: current?.id,
    onActive: setActiveId,
    ends: !searchable,
  })
  const toLetter = (key: string): boolean => {
    const found = nextByLetter(key, active, offered)
    if (found) setActiveId(found.id)
    return found !== undefined
  }
  return {
    query,
    search: (text: string) => {
      setQuery(text)
      setRows(ROWS)
    },
    offered,
    /** The rendered rows, always including the active one. */
    shown: offered.slice(0, Math.max(rows, active + ROWS / 2)),
    showMore: () => rows < offered.length && setRows(rows + ROWS),
    list,
    current,
    /** True when the key moved. */
    move: (key: string): boolean => list.move(key) || (!searchable && toLetter(key)),
  }
}

/** The id among these that is the model or a way of it. */
const wayOf = (ids: string[], { id }: ModelInfo, models: ModelInfo[]) =>
  ids.find((one) => rowOf(models, one)?.id === id)

/** The arrow key that opens details, in the page's direction; in a field it moves the caret first. */
function leadsOn({ key, currentTarget: element }: KeyboardEvent<HTMLElement>): boolean {
  const forward = getComputedStyle(element).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
  const atEnd = !(element instanceof HTMLInputElement) || element.selectionStart === element.value.length
  return key === forward && atEnd
}
