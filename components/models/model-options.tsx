"use client"

import { Columns2, KeyRound } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useRef } from "react"
import { fetchRest } from "@/components/models/known-models"
import { ModelDetails } from "@/components/models/model-details"
import { FootButton, OfCurrent, Picked } from "@/components/models/model-foot"
import { ModelList } from "@/components/models/model-list"
import { type ModelOptionsState, useModelOptions } from "@/components/models/use-model-options"
import { cn } from "@/lib/cn"
import { COMPARED } from "@/lib/limits"
import type { Comparing } from "@/lib/messages/types"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

/** Models from which there is a field to search them. */
const SEARCH_FROM = 7

interface Props {
  id: string
  /** All that is known, */
  known: ModelsResponse
  /** and those that are offered. */
  models: ModelInfo[]
  value: string
  /** Those that are compared already, or were ticked. */
  compared: Comparing
  /** Others are ticked now. */
  onTick: (next: Comparing | null) => void
  /** The next message goes to several. */
  comparing: boolean
  onChoose: (model: ModelInfo) => void
  /** Chooses an id, and the list stays. */
  onWay: (id: string) => void
  /** Not given where one is chosen for something else than the next message. */
  onCompare?: (next: Comparing) => void
  onLeave: () => void
}

/** What is behind `ModelPicker`, fetched when it is first opened: the models, and what can be done with them. */
export default function ModelOptions(props: Props) {
  const { known, models, value, compared, onChoose, onLeave, onTick } = props
  // An id can be typed wherever there is a server to ask.
  const searchable = models.length >= SEARCH_FROM || known.notice.kind !== "demo"
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list opens
  useEffect(() => void fetchRest(known), [])
  const options = useModelOptions({
    ...{ listId: props.id, models, value, compared, searchable },
    ...{ onChoose, onLeave, onTick },
  })
  const whole = useRef<HTMLDivElement>(null)
  /** What has the focus goes with its level: the list would close. */
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

/** The first level: the list, a field to search it, and what can be done with the model that the keys are at. */
function Offered({ id, known, models, comparing, onCompare, onLeave, options, searchable }: OfferedProps) {
  const t = useTranslations("models")
  const several = useTranslations("compare")
  const { query, offered, current, picked } = options
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const focus = () => (search.current ?? list.current)?.focus({ preventScroll: true })
  useEffect(focus, [])
  const pickSeveral = () => {
    // The button for it goes: the keys belong to the list again.
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
      {current && options.hasDetails(current) && <OfCurrent {...{ current, options, onLeave }} />}
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
