import { Check, ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import type { RefObject } from "react"
import { ModelFacts } from "@/components/models/model-facts"
import type { ModelOptionsState } from "@/components/models/use-model-options"
import { ListBoxOption, ListBoxOptions } from "@/components/ui/list-box"
import { cn } from "@/lib/cn"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  ref: RefObject<HTMLDivElement | null>
  id: string
  models: ModelInfo[]
  options: ModelOptionsState
}

/** The offered models, the account's own in a separate group. Has keyboard focus unless a search field does. */
export function ModelList({ ref, id, models, options }: Props) {
  const t = useTranslations("models")
  const { shown, list, picked } = options
  const ownFrom = shown.findIndex(({ own }, place) => own && shown.slice(place).every((model) => model.own))
  const row = (model: ModelInfo) => <Row key={model.id} {...{ model, models, options }} />
  return (
    <ListBoxOptions
      ref={ref}
      box={list.box}
      label={t("model")}
      aria-multiselectable={picked !== null}
      tabIndex={0}
      aria-activedescendant={list.focused["aria-activedescendant"]}
      onKeyDown={options.onKeyDown}
      onScroll={({ currentTarget: box }) => {
        if (box.scrollTop + box.clientHeight > box.scrollHeight - 400) options.showMore()
      }}
      className="max-h-[min(26rem,55dvh)] overflow-y-auto outline-hidden"
    >
      {ownFrom === -1 ? (
        shown.map(row)
      ) : (
        <>
          {shown.slice(0, ownFrom).map(row)}
          {/* biome-ignore lint/a11y/useSemanticElements: a group of options is not a fieldset */}
          <div role="group" aria-labelledby={`${id}-own`} className="panel-rule mb-0! pt-1 px-1">
            <p id={`${id}-own`} className="px-2.5 py-1.5 font-medium text-[0.78125rem] text-muted-foreground">
              {t("own")}
            </p>
            {shown.slice(ownFrom).map(row)}
          </div>
        </>
      )}
    </ListBoxOptions>
  )
}

interface RowProps {
  model: ModelInfo
  models: ModelInfo[]
  options: ModelOptionsState
}

function Row({ model, models, options }: RowProps) {
  const t = useTranslations("models")
  const full = options.isFull(model)
  const typed = options.isTyped(model)
  return (
    <ListBoxOption
      value={model.id}
      onChoose={() => options.choose(model)}
      selected={options.isChosen(model)}
      disabled={full}
      className={cn(
        "flex cursor-pointer items-start gap-2 rounded-md px-2.5 py-2 data-highlighted:bg-muted max-sm:py-1.5",
        full && "cursor-not-allowed opacity-60",
      )}
    >
      <Mark chosen={options.isChosen(model)} box={options.picked !== null} />
      <ModelFacts model={options.asPicked(model)} models={models} favorite={options.isFavorite(model)} typed={typed} />
      {options.hasDetails(model) && (
        // For pointers; keyboard users have the right arrow key, and a button below the list.
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: see above
        <span
          data-tip={t("options", { name: model.name })}
          className="-my-2 -me-2.5 grid max-sm:-my-1.5 shrink-0 place-items-center self-stretch rounded-e-md px-2.5 text-muted-foreground hover:text-foreground"
          onClick={(event) => {
            event.stopPropagation()
            options.openDetails(model)
          }}
        >
          <ChevronRight className="size-4 rtl:rotate-180" aria-hidden />
        </span>
      )}
    </ListBoxOption>
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
