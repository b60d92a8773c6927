import { Check, ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect } from "react"
import { ModelFacts } from "@/components/models/model-facts"
import type { ModelOptionsState } from "@/components/models/use-model-options"
import { cn } from "@/lib/cn"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  ref: RefObject<HTMLDivElement | null>
  id: string
  models: ModelInfo[]
  options: ModelOptionsState
}

/** The models that are offered, the account's own apart. It has the keys, unless a field to search them has. */
export function ModelList({ ref, id, models, options }: Props) {
  const t = useTranslations("models")
  const { shown, active, current, picked } = options
  useEffect(() => {
    ref.current?.querySelector(`[data-place="${active}"]`)?.scrollIntoView({ block: "nearest" })
  }, [ref, active])
  const ownFrom = shown.findIndex(({ own }, place) => own && shown.slice(place).every((model) => model.own))
  const row = (model: ModelInfo, place: number) => (
    <Row key={model.id} {...{ id: `${id}-${place}`, place, model, models, options }} />
  )
  return (
    <div
      ref={ref}
      id={id}
      role="listbox"
      aria-label={t("model")}
      aria-multiselectable={picked !== null}
      tabIndex={0}
      aria-activedescendant={current && `${id}-${active}`}
      onKeyDown={options.onKeyDown}
      onScroll={({ currentTarget: list }) => {
        if (list.scrollTop + list.clientHeight > list.scrollHeight - 400) options.showMore()
      }}
      className="max-h-[min(26rem,55dvh)] overflow-y-auto outline-hidden"
    >
      {ownFrom === -1 ? (
        shown.map(row)
      ) : (
        <>
          {shown.slice(0, ownFrom).map(row)}
          {/* biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset */}
          <div role="group" aria-labelledby={`${id}-own`} className="mt-1 border-t pt-1">
            <p id={`${id}-own`} className="px-2.5 py-1.5 font-medium text-[12.5px] text-muted-foreground">
              {t("own")}
            </p>
            {shown.slice(ownFrom).map((model, index) => row(model, ownFrom + index))}
          </div>
        </>
      )}
    </div>
  )
}

interface RowProps {
  id: string
  place: number
  model: ModelInfo
  models: ModelInfo[]
  options: ModelOptionsState
}

function Row({ id, place, model, models, options }: RowProps) {
  const t = useTranslations("models")
  const full = options.isFull(model)
  const typed = options.isTyped(model)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
    <div
      id={id}
      data-place={place}
      role="option"
      data-highlighted={place === options.active ? "" : undefined}
      aria-selected={options.isChosen(model)}
      aria-disabled={full}
      onClick={() => options.choose(model)}
      onPointerMove={() => options.activate(model)}
      className={cn(
        "flex cursor-pointer items-start gap-2 rounded-md px-2.5 py-2",
        place === options.active && "bg-muted",
        full && "cursor-not-allowed opacity-60",
      )}
    >
      <Mark chosen={options.isChosen(model)} box={options.picked !== null} />
      <ModelFacts model={model} models={models} favourite={options.isFavourite(model)} typed={typed} />
      {!options.picked && !typed && (
        // For the pointer; the keyboard has the right arrow, and a button below the list.
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: see above
        <span
          title={t("options", { name: model.name })}
          className="-my-2 -me-2.5 grid shrink-0 place-items-center self-stretch rounded-e-md px-2.5 text-muted-foreground hover:text-foreground"
          onClick={(event) => {
            event.stopPropagation()
            options.openDetails(model)
          }}
        >
          <ChevronRight className="size-4 rtl:rotate-180" aria-hidden />
        </span>
      )}
    </div>
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
