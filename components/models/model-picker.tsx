"use client"

import { ChevronDown } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, Suspense, useId, useRef, useState } from "react"
import { goOn } from "@/components/base/focus"
import { choosable } from "@/components/models/model-choice"
import { useModelName } from "@/components/models/model-name"
import { usePendingModelSelection } from "@/components/models/use-ticks"
import { lazyPart } from "@/components/ui/lazy-part"
import { Spinner } from "@/components/ui/spinner"
import type { Comparing } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"
import { rowOf } from "@/lib/models/ways"

const ModelOptions = lazyPart(() => import("@/components/models/model-options"))

interface Props {
  known: ModelsResponse
  value: string
  onChange: (id: string) => void
  /** The models that the next message is sent to in parallel; empty when not comparing. */
  compared: Comparing
  onCompare: (next: Comparing) => void
}

/**
 * Selects the model that answers. Arrow keys, Home, End and first letters (or a search) move, Enter chooses, Escape
 * closes.
 */
export function ModelPicker({ known, value, onChange, compared, onCompare }: Props) {
  const several = useTranslations("compare")
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const nameOf = useModelName(known.models)
  const used = rowOf(known.models, value)?.id
  const offered = choosable(known.models, used)
  const ticks = usePendingModelSelection(onCompare)
  const leave = () => {
    setOpen(false)
    ticks.leave()
  }
  const close = () => {
    leave()
    trigger.current?.focus()
  }
  /** After a choice, the user continues with the message. */
  const done = (act: () => void) => {
    act()
    ticks.tick(null)
    setOpen(false)
    goOn(trigger.current)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes that focus has left both parts
    <div
      ref={root}
      className="relative min-w-0"
      onBlur={(event) => {
        if (open && !root.current?.contains(event.relatedTarget)) leave()
      }}
    >
      <Trigger ref={trigger} id={id} open={open} onOpen={(next) => (next ? setOpen(true) : leave())}>
        {compared.models.length > 0 ? several("chosen", { count: compared.models.length }) : nameOf(value)}
      </Trigger>
      {open && (
        <div className="panel absolute start-0 top-full z-30 mt-1.5 w-[min(24rem,calc(100vw-5rem))] max-sm:fixed max-sm:inset-x-2 max-sm:top-[calc(3.5rem+env(safe-area-inset-top))] max-sm:mt-0 max-sm:w-auto">
          <Suspense fallback={<Spinner className="m-2.5" />}>
            <ModelOptions
              id={id}
              known={known}
              models={offered}
              value={value}
              compared={ticks.ticked ?? compared}
              comparing={compared.models.length > 0}
              onTick={ticks.tick}
              onChoose={(model) => done(() => onChange(model.id))}
              onWay={onChange}
              onCompare={(next) => done(() => ticks.compare(next))}
              onLeave={close}
            />
          </Suspense>
        </div>
      )}
    </div>
  )
}

interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>
  /** Id of the list. */
  id: string
  open: boolean
  onOpen: (open: boolean) => void
  children: string
}

function Trigger({ ref, id, open, onOpen, children }: TriggerProps) {
  const t = useTranslations("models")
  return (
    <button
      ref={ref}
      type="button"
      role="combobox"
      aria-label={t("model")}
      aria-expanded={open}
      aria-controls={id}
      aria-haspopup="listbox"
      // Keeps focus in the list, which would close on blur and open again with the click.
      onMouseDown={(event) => open && event.preventDefault()}
      onClick={() => onOpen(!open)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
        event.preventDefault()
        onOpen(true)
      }}
      className="flex h-9 max-w-full items-center gap-1.5 rounded-md px-2.5 font-medium text-[0.875rem] hover:bg-muted pointer-coarse:h-10"
    >
      <span className="truncate">{children}</span>
      <ChevronDown className="size-4 shrink-0 text-muted-foreground" aria-hidden />
    </button>
  )
}
