"use client"

import { Columns2, Star } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useRef } from "react"
import { rememberCompared } from "@/components/chat/compared-models"
import { ModelList } from "@/components/chat/model-list"
import { useModelOptions } from "@/components/chat/use-model-options"
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

/** What is behind `ModelPicker`, fetched when it is first opened: the models, and what can be done with them. */
export default function ModelOptions({ id, models, value, compared, onChoose, onCompare, onLeave }: Props) {
  const t = useTranslations("models")
  const searchable = models.length >= SEARCH_FROM
  const options = useModelOptions({ models, value, compared, searchable, onChoose, onLeave })
  const { query, offered, active, current, picked } = options
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const focus = () => (search.current ?? list.current)?.focus({ preventScroll: true })
  useEffect(focus, [])
  const start = (ids: string[]) => {
    rememberCompared(ids)
    onCompare(ids)
  }
  const pickSeveral = () => {
    // The button for it goes: the keys belong to the list again.
    focus()
    options.pickSeveral()
  }
  const pickNone = () => (compared.length > 0 ? onCompare([]) : options.pickOne())
  return (
    <>
      {searchable && (
        <input
          ref={search}
          role="combobox"
          aria-label={t("search")}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={current && `${id}-${active}`}
          placeholder={t("search")}
          value={query}
          onChange={(event) => options.search(event.target.value)}
          onKeyDown={options.onKeyDown}
          className="mb-1 h-9 w-full rounded-md border border-input bg-background px-2.5 text-[14px] focus-visible:outline-offset-0 max-sm:text-base"
        />
      )}
      <ModelList ref={list} {...{ id, models, options }} />
      <p
        role="status"
        className={cn("px-2.5 py-2 text-[13.5px] text-muted-foreground", offered.length > 0 && "sr-only")}
      >
        {query && t("found", { count: offered.length })}
      </p>
      {picked && <Picked count={picked.length} onStart={() => start(picked)} onCancel={pickNone} onLeave={onLeave} />}
      {current && !picked && (
        <FavouriteButton
          name={current.name}
          pressed={options.isFavourite(current)}
          onToggle={() => options.toggleFavourite(current)}
          onLeave={onLeave}
        />
      )}
      {!picked && models.length >= COMPARED.least && <CompareButton onPick={pickSeveral} onLeave={onLeave} />}
    </>
  )
}

const FOOT =
  "flex h-9 w-full items-center gap-2 rounded-md px-2.5 text-[13px] text-muted-foreground hover:bg-muted hover:text-foreground"

interface FavouriteProps {
  name: string
  pressed: boolean
  onToggle: () => void
  onLeave: () => void
}

function FavouriteButton({ name, pressed, onToggle, onLeave }: FavouriteProps) {
  const t = useTranslations("models")
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
      className={cn(FOOT, "mt-1 border-t")}
    >
      <Star className={cn("size-4", pressed && "fill-spark text-spark")} aria-hidden />
      <span className="truncate">{t("favourite", { name })}</span>
    </button>
  )
}

function CompareButton({ onPick, onLeave }: { onPick: () => void; onLeave: () => void }) {
  const t = useTranslations("compare")
  return (
    <button type="button" onClick={onPick} onKeyDown={(event) => event.key === "Escape" && onLeave()} className={FOOT}>
      <Columns2 className="size-4" aria-hidden /> {t("choose")}
    </button>
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
      className="mt-1 flex flex-wrap items-center justify-end gap-1.5 border-t px-1 pt-2"
      onKeyDown={(event) => event.key === "Escape" && onLeave()}
    >
      <p role="status" className="grow basis-44 px-1.5 text-[13px] text-muted-foreground">
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
