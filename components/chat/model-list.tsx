import { Check } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect } from "react"
import { ModelFacts } from "@/components/chat/model-facts"
import type { ModelOptionsState } from "@/components/chat/use-model-options"
import type { ModelInfo } from "@/lib/ai/model.types"
import { cn } from "@/lib/cn"

interface Props {
  ref: RefObject<HTMLDivElement | null>
  id: string
  models: ModelInfo[]
  options: ModelOptionsState
}

/** The models that are offered. It has the keys, unless a field to search them has. */
export function ModelList({ ref, id, models, options }: Props) {
  const t = useTranslations("models")
  const { offered, active, current, picked } = options
  useEffect(() => {
    ref.current?.children[active]?.scrollIntoView({ block: "nearest" })
  }, [ref, active])
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
      className="max-h-[min(26rem,55dvh)] overflow-y-auto outline-hidden"
    >
      {offered.map((model, index) => {
        const full = options.isFull(model)
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
          <div
            key={model.id}
            id={`${id}-${index}`}
            role="option"
            data-highlighted={index === active ? "" : undefined}
            aria-selected={options.isChosen(model)}
            aria-disabled={full}
            onClick={() => options.choose(model)}
            onPointerMove={() => options.activate(model)}
            className={cn(
              "flex cursor-pointer items-start gap-2 rounded-md px-2.5 py-2",
              index === active && "bg-muted",
              full && "cursor-not-allowed opacity-60",
            )}
          >
            <Mark chosen={options.isChosen(model)} box={picked !== null} />
            <ModelFacts model={model} models={models} favourite={options.isFavourite(model)} />
          </div>
        )
      })}
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
