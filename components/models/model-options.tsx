"use client"

import { Columns2, KeyRound } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useRef } from "react"
import { fetchRemainingModels } from "@/components/models/known-models"
import { ModelDetails } from "@/components/models/model-details"
import { CurrentModelActions, FootButton, Picked } from "@/components/models/model-foot"
import { ModelList } from "@/components/models/model-list"
import { type ModelOptionsState, useModelOptions } from "@/components/models/use-model-options"
import { cn } from "@/lib/cn"
import { COMPARED } from "@/lib/limits"
import type { Comparing } from "@/lib/messages/types"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

/** Number of models from which there is a search field. */
const SEARCH_FROM = 7

interface Props {
  id: string
  /** All known models, */
  known: ModelsResponse
  /** and those offered. */
  models: ModelInfo[]
  value: string
  /** The models being compared, or ticked so far. */
  compared: Comparing
  /** Called when the ticked models change. */
  onTick: (next: Comparing | null) => void
  /** The next message goes to several models. */
  comparing: boolean
  onChoose: (model: ModelInfo) => void
  /** Selects an id without closing the list. */
  onWay: (id: string) => void
  /** Omitted when choosing for something other than the next message. */
  onCompare?: (next: Comparing) => void
  onLeave: () => void
}

/** The content of `ModelPicker`, loaded when first opened: the models and their actions. */
export default function ModelOptions(props: Props) {
  const { known, models, value, compared, onChoose, onLeave, onTick } = props
  // Where there is a server to ask, an id can be typed.
  const searchable = models.length >= SEARCH_FROM || known.notice.kind !== "demo"
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list opens
  useEffect(() => void fetchRemainingModels(known), [])
  const options = useModelOptions({
    ...{ listId: props.id, models, value, compared, searchable },
    ...{ onChoose, onLeave, onTick },
  })
  const whole = useRef<HTMLDivElement>(null)
  /** The focused element disappears with its level, which would close the list. */
  const holdFocus = () => whole.current?.focus({ preventScroll: true })
  const level = {
    ...options,
    openDetails: (model: ModelInfo) => {
      holdFocus()
      options.openDetails(model)
    },
  }
  const closeDetails = () => {
    holdFocus()
    options.closeDetails()
  }
  return (
    <div ref={whole} tabIndex={-1} className="outline-hidden">
      {options.details ? (
        <ModelDetails
          model={options.details}
          models={known.models}
          value={options.way}
          isFavorite={options.isFavorite}
          onFavorite={options.toggleFavorite}
          onWay={options.picked ? options.pickWay : props.onWay}
          onBack={closeDetails}
          onLeave={onLeave}
        />
      ) : (
        <Offered {...props} options={level} searchable={searchable} />
      )}
    </div>
  )
}

interface OfferedProps extends Props {
  options: ModelOptionsState
  searchable: boolean
}

/** The first level: the list, a search field, and actions on the active model. */
function Offered({ id, known, models, comparing, onCompare, onLeave, options, searchable }: OfferedProps) {
  const t = useTranslations("models")
  const several = useTranslations("compare")
  const { query, offered, current, picked } = options
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const focus = () => (search.current ?? list.current)?.focus({ preventScroll: true })
  useEffect(focus, [])
  const pickSeveral = () => {
    // The button disappears: returns focus to the list.
    focus()
    options.pickSeveral()
  }
  const pickNone = () => {
    if (comparing) return onCompare?.({ models: [] })
    focus()
    options.pickOne()
  }
  return (
    <>
      {searchable && <SearchField ref={search} options={options} />}
      <ModelList ref={list} id={id} models={known.models} options={options} />
      <p
        role="status"
        className={cn("px-2.5 py-2 text-[0.84375rem] text-muted-foreground", offered.length > 0 && "sr-only")}
      >
        {query && t("found", { count: offered.length })}
      </p>
      <div className="panel-rule" />
      {current && options.hasDetails(current) && <CurrentModelActions {...{ current, options, onLeave }} />}
      {picked && (
        <Picked
          count={picked.length}
          comparing={comparing}
          blind={options.blind}
          onBlind={options.setBlind}
          onStart={() => onCompare?.(options.comparing)}
          onCancel={pickNone}
          onLeave={onLeave}
        />
      )}
      {!picked && onCompare && models.length >= COMPARED.least && (
        <FootButton icon={Columns2} onClick={pickSeveral} onLeave={onLeave}>
          {several("choose")}
        </FootButton>
      )}
      {(known.ownKey === "used" || known.ownKey === "unused") && (
        <p className="flex items-center gap-2 px-2.5 py-1.5 text-[0.8125rem] text-muted-foreground">
          <KeyRound className="size-4 shrink-0" aria-hidden />
          {t(known.ownKey === "used" ? "paidByOwnKey" : "paidBySparkler")}
        </p>
      )}
    </>
  )
}

interface SearchProps {
  ref: RefObject<HTMLInputElement | null>
  options: ModelOptionsState
}

function SearchField({ ref, options: { query, list, search, onKeyDown } }: SearchProps) {
  const t = useTranslations("models")
  return (
    <input
      ref={ref}
      role="combobox"
      aria-label={t("search")}
      aria-expanded
      {...list.focused}
      placeholder={t("search")}
      value={query}
      onChange={(event) => search(event.target.value)}
      onKeyDown={onKeyDown}
      className="mb-1 h-9 w-full rounded-md border border-input bg-background px-2.5 text-[0.875rem] focus-visible:outline-offset-0 max-sm:text-base pointer-coarse:h-11"
    />
  )
}
