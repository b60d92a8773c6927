"use client"

import { Check, Columns2, Star } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { comparedModels, rememberCompared } from "@/components/chat/compared-models"
import { favouriteModels, toggleFavourite } from "@/components/chat/favourite-models"
import { firstPicked, nextActive, offeredModels, togglePicked } from "@/components/chat/model-choice"
import { ModelFacts } from "@/components/chat/model-facts"
import { Button } from "@/components/ui/button"
import type { ModelInfo } from "@/lib/ai/model.types"
import { COMPARED } from "@/lib/chat/compared"
import { cn } from "@/lib/cn"

/** Models from which there is a field to search them. */
const SEARCH_FROM = 7

interface Props {
  id: string
  models: ModelInfo[]
  value: string
  /** Those that are compared already. */
  compared: string[]
  onChoose: (model: ModelInfo) => void
  onCompare: (ids: string[]) => void
  onLeave: () => void
}

/** The list behind `ModelPicker`, fetched when it is first opened. */
export default function ModelOptions({ id, models, value, compared, onChoose, onCompare, onLeave }: Props) {
  const t = useTranslations("models")
  const compare = useTranslations("compare")
  /** Those to compare; null while one is chosen. */
  const [picked, setPicked] = useState<string[] | null>(compared.length > 0 ? compared : null)
  const searchable = models.length >= SEARCH_FROM
  const [query, setQuery] = useState("")
  const [favourites, setFavourites] = useState(favouriteModels)
  const offered = offeredModels(models, query, favourites)
  const [activeId, setActiveId] = useState(value)
  const active = Math.max(
    0,
    offered.findIndex((model) => model.id === activeId),
  )
  const current = offered[active]
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)

  const focus = () => (search.current ?? list.current)?.focus({ preventScroll: true })
  useEffect(focus, [])
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" })
  }, [active])

  const choose = (model: ModelInfo) => {
    if (picked) setPicked(togglePicked(picked, model.id, COMPARED.most))
    else onChoose(model)
  }
  const isChosen = (model: ModelInfo) => (picked ? picked.includes(model.id) : model.id === value)
  const isFull = (model: ModelInfo) => picked?.length === COMPARED.most && !isChosen(model)

  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const next = nextActive(event.key, active, offered, !searchable)
    if (next !== null) setActiveId(offered[next]?.id ?? value)
    else if ((event.key === "Enter" || (event.key === " " && !searchable)) && current) choose(current)
    else if (event.key === "Escape") onLeave()
    else return
    event.preventDefault()
  }
  const option = `${id}-${active}`

  return (
    <>
      {searchable && (
        <input
          ref={search}
          role="combobox"
          aria-label={t("search")}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={current && option}
          placeholder={t("search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={keyDown}
          className="mb-1 h-9 w-full rounded-md border border-input bg-background px-2.5 text-[14px] focus-visible:outline-offset-0 max-sm:text-base"
        />
      )}
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t("model")}
        aria-multiselectable={picked !== null}
        tabIndex={0}
        aria-activedescendant={current && option}
        onKeyDown={keyDown}
        className="max-h-[min(26rem,55dvh)] overflow-y-auto outline-hidden"
      >
        {offered.map((model, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
          <div
            key={model.id}
            id={`${id}-${index}`}
            role="option"
            data-highlighted={index === active ? "" : undefined}
            aria-selected={isChosen(model)}
            aria-disabled={isFull(model)}
            onClick={() => choose(model)}
            onPointerMove={() => setActiveId(model.id)}
            className={cn(
              "flex cursor-pointer items-start gap-2 rounded-md px-2.5 py-2",
              index === active && "bg-muted",
              isFull(model) && "cursor-not-allowed opacity-60",
            )}
          >
            <Mark chosen={isChosen(model)} box={picked !== null} />
            <ModelFacts model={model} models={models} favourite={favourites.includes(model.id)} />
          </div>
        ))}
      </div>
      <p
        role="status"
        className={cn("px-2.5 py-2 text-[13.5px] text-muted-foreground", offered.length > 0 && "sr-only")}
      >
        {query && t("found", { count: offered.length })}
      </p>
      {picked && (
        <Picked
          count={picked.length}
          onStart={() => {
            rememberCompared(picked)
            onCompare(picked)
          }}
          onCancel={() => (compared.length > 0 ? onCompare([]) : setPicked(null))}
          onLeave={onLeave}
        />
      )}
      {current && !picked && (
        <button
          type="button"
          aria-pressed={favourites.includes(current.id)}
          onClick={() => setFavourites(toggleFavourite(current.id))}
          onKeyDown={(event) => event.key === "Escape" && onLeave()}
          className="mt-1 flex h-9 w-full items-center gap-2 rounded-md border-t px-2.5 text-[13px] text-muted-foreground hover:bg-muted hover:text-foreground"
        >
          <Star className={cn("size-4", favourites.includes(current.id) && "fill-spark text-spark")} aria-hidden />
          <span className="truncate">{t("favourite", { name: current.name })}</span>
        </button>
      )}
      {!picked && models.length >= COMPARED.least && (
        <button
          type="button"
          onClick={() => {
            // This button goes: the keys belong to the list again.
            focus()
            setPicked(firstPicked(comparedModels(), models, value).slice(0, COMPARED.most))
          }}
          onKeyDown={(event) => event.key === "Escape" && onLeave()}
          className="flex h-9 w-full items-center gap-2 rounded-md px-2.5 text-[13px] text-muted-foreground hover:bg-muted hover:text-foreground"
        >
          <Columns2 className="size-4" aria-hidden /> {compare("choose")}
        </button>
      )}
    </>
  )
}

function Mark({ chosen, box }: { chosen: boolean; box: boolean }) {
  if (!box)
    return <Check className={cn("mt-0.5 size-4 shrink-0 text-spark-text", !chosen && "invisible")} aria-hidden />
  return (
    <span
      aria-hidden
      className={cn(
        "mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-input",
        chosen && "border-transparent bg-primary text-primary-foreground",
      )}
    >
      {chosen && <Check className="size-3" />}
    </span>
  )
}

interface PickedProps {
  count: number
  onStart: () => void
  onCancel: () => void
  onLeave: () => void
}

/** How many are picked, and the way on. */
function Picked({ count, onStart, onCancel, onLeave }: PickedProps) {
  const t = useTranslations("compare")
  const common = useTranslations("common")
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape of its two buttons
    <div
      className="mt-1 flex flex-wrap items-center gap-1.5 border-t px-1 pt-2"
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
    >
      <p role="status" className="min-w-0 flex-1 px-1.5 text-[13px] text-muted-foreground">
        {t(count === COMPARED.most ? "limit" : "hint")}
      </p>
      <Button size="sm" variant="ghost" onClick={onCancel}>
        {common("cancel")}
      </Button>
      <Button size="sm" variant="primary" disabled={count < COMPARED.least} onClick={onStart}>
        {t("start", { count })}
      </Button>
    </div>
  )
}
