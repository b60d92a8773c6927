"use client"

import { ChevronLeft, Star } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useId, useRef } from "react"
import { sentenceOf } from "@/components/base/api"
import { saveImageSupport } from "@/components/models/known-models"
import { useDescription } from "@/components/models/model-facts"
import { useModelLabel } from "@/components/models/model-name"
import { usePrice } from "@/components/models/model-price"
import { toast } from "@/components/ui/toast"
import { cn } from "@/lib/cn"
import type { ModelInfo, ModelWay } from "@/lib/models/model.types"
import { findModel, hasFallback, withFallback } from "@/lib/models/ways"

interface Props {
  model: ModelInfo
  models: ModelInfo[]
  /** The current model's id. */
  value: string
  isFavorite: (model: ModelInfo) => boolean
  onFavorite: (model: ModelInfo) => void
  /** Selects an id without closing. */
  onWay: (id: string) => void
  onBack: () => void
  onLeave: () => void
}

/** A model's detail view: how it is served, image support, and favorite status. */
export function ModelDetails(props: Props) {
  const { model, models, value, onBack, onLeave } = props
  const t = useTranslations("models")
  const label = useModelLabel()
  const describe = useDescription(models)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  const chosen = findModel(models, value)
  const used = chosen && chosen.ways?.[0]?.id === model.id ? chosen : model
  return (
    // biome-ignore lint/a11y/useSemanticElements: the controls inside are labeled; it only handles Escape
    <div
      role="group"
      aria-label={t("options", { name: model.name })}
      className="flex max-h-[min(34rem,75dvh)] flex-col gap-3 overflow-y-auto p-1"
      onKeyDown={(event) => {
        if (event.key === "Escape") onLeave()
      }}
    >
      <div>
        <button
          ref={back}
          type="button"
          onClick={onBack}
          className="flex h-9 items-center gap-1 rounded-md pe-2.5 text-[0.8125rem] text-muted-foreground hover:bg-muted hover:text-foreground"
        >
          <ChevronLeft className="size-4 rtl:rotate-180" aria-hidden /> {t("back")}
        </button>
        <p className="px-1.5 font-medium text-[0.9375rem]">{model.name}</p>
        <p className="wrap-anywhere px-1.5 text-[0.78125rem] text-muted-foreground">{describe(model)}</p>
        <p className="wrap-anywhere px-1.5 font-mono text-[0.75rem] text-muted-foreground">{model.id}</p>
      </div>
      {model.ways && <Ways {...props} ways={model.ways} />}
      {model.upstream !== "demo" && <Sight model={model} models={models} />}
      <button
        type="button"
        aria-pressed={props.isFavorite(used)}
        onClick={() => props.onFavorite(used)}
        className={cn(LINE, "items-center! text-muted-foreground hover:text-foreground")}
      >
        <Star className={cn(props.isFavorite(used) && "fill-spark text-spark!")} aria-hidden />
        <span className="truncate">{t("favorite", { name: label(used) })}</span>
      </button>
    </div>
  )
}

const LINE = "panel-item w-full items-start! px-1.5 py-2 text-start hover:bg-muted"

function Ways({ ways, value, onWay }: Props & { ways: ModelWay[] }) {
  const t = useTranslations("models")
  const name = useId()
  const spot = ways.find(({ kind }) => kind === "spot")
  const isUsed = ({ kind, id }: ModelWay) => id === (kind === "spot" ? withFallback(value, true) : value)
  const spotUsed = spot && isUsed(spot)
  return (
    <fieldset className="border-t pt-2">
      <legend className="float-start w-full px-1.5 pb-1 font-medium text-[0.78125rem] text-muted-foreground">
        {t("ways")}
      </legend>
      <div className="clear-both">
        {ways.map((way) => (
          <label key={way.id} className={cn(LINE, "cursor-pointer")}>
            <input
              type="radio"
              name={name}
              checked={isUsed(way)}
              onChange={() => onWay(way.id)}
              className="mt-0.5 size-4 shrink-0 accent-spark"
            />
            <WayText way={way} />
          </label>
        ))}
      </div>
      {spotUsed && (
        <label className={cn(LINE, "cursor-pointer ps-8")}>
          <input
            type="checkbox"
            checked={hasFallback(value)}
            onChange={({ target }) => onWay(withFallback(value, target.checked))}
            className="mt-0.5 size-4 shrink-0 accent-spark"
          />
          <span className="min-w-0">
            {t("fallBack")}
            <span className="block text-[0.78125rem] text-muted-foreground">{t("fallBackOff")}</span>
          </span>
        </label>
      )}
    </fieldset>
  )
}

function WayText({ way: { kind, price, aboutLess } }: { way: ModelWay }) {
  const t = useTranslations("models")
  const priced = usePrice()
  const cost = priced(price) ?? (aboutLess ? t("aboutLess", { percent: aboutLess }) : t("unknownPrice"))
  return (
    <span className="min-w-0">
      {t(`way.${kind}`)}
      <span className="block text-pretty text-[0.78125rem] text-muted-foreground">
        {t(`wayMeans.${kind}`)} {cost}
      </span>
    </span>
  )
}

function Sight({ model, models }: { model: ModelInfo; models: ModelInfo[] }) {
  const t = useTranslations("models")
  const origin = model.imagesSet ? "seesSet" : model.imagesGuessed ? "seesGuessed" : "seesTold"
  const say = (images: boolean) =>
    saveImageSupport(models, model.id, images).catch((error: unknown) => toast.error(sentenceOf(error)))
  return (
    <label className={cn(LINE, "cursor-pointer")}>
      <input
        type="checkbox"
        checked={model.images}
        onChange={({ target }) => void say(target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-spark"
      />
      <span className="min-w-0">
        {t("sees")}
        <span className="block text-[0.78125rem] text-muted-foreground">{t(origin)}</span>
      </span>
    </label>
  )
}
