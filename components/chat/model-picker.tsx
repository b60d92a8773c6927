"use client"

import { Check, ChevronDown, Eye } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { shortModel } from "@/components/message/content"
import type { ModelInfo } from "@/lib/chat/types"
import { cn } from "@/lib/cn"

interface Props {
  models: ModelInfo[]
  value: string
  onChange: (id: string) => void
}

/** Which model answers. Arrow keys, Home, End and first letters move, Enter chooses, Escape leaves. */
export function ModelPicker({ models, value, onChange }: Props) {
  const t = useTranslations("models")
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const current = models.find((model) => model.id === value)
  // A retired one is named where it was used, and no longer offered.
  const offered = models.filter((model) => !model.retired || model.id === value)

  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  const choose = (model: ModelInfo) => {
    onChange(model.id)
    close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left its two parts
    <div
      ref={root}
      className="relative min-w-0"
      onBlur={(event) => {
        if (!root.current?.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        ref={trigger}
        type="button"
        role="combobox"
        aria-label={t("model")}
        aria-expanded={open}
        aria-controls={id}
        aria-haspopup="listbox"
        // Keeps the focus in the list, which would close as it leaves and open again with the click.
        onMouseDown={(event) => open && event.preventDefault()}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
          event.preventDefault()
          setOpen(true)
        }}
        className="flex h-9 max-w-full items-center gap-1.5 rounded-md px-2.5 font-medium text-[14px] hover:bg-muted"
      >
        <span className="truncate">{current?.name ?? shortModel(value)}</span>
        <ChevronDown className="size-4 shrink-0 text-muted-foreground" aria-hidden />
      </button>
      {open && (
        <div className="absolute top-full left-0 z-30 mt-1.5 w-[min(24rem,calc(100vw-5rem))] rounded-xl border bg-popover p-1.5 shadow-float">
          <Options id={id} models={offered} value={value} onChoose={choose} onLeave={close} />
        </div>
      )}
    </div>
  )
}

interface OptionsProps {
  id: string
  models: ModelInfo[]
  value: string
  onChoose: (model: ModelInfo) => void
  onLeave: () => void
}

function Options({ id, models, value, onChoose, onLeave }: OptionsProps) {
  const t = useTranslations("models")
  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      models.findIndex((model) => model.id === value),
    ),
  )
  useEffect(() => list.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" })
  }, [active])

  const keyDown = (event: KeyboardEvent) => {
    const model = models[active]
    const next = nextActive(event.key, active, models)
    if (next !== null) setActive(next)
    else if ((event.key === "Enter" || event.key === " ") && model) onChoose(model)
    else if (event.key === "Escape") onLeave()
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={t("model")}
      tabIndex={0}
      aria-activedescendant={`${id}-${active}`}
      onKeyDown={keyDown}
      className="max-h-[min(26rem,60dvh)] overflow-y-auto outline-none"
    >
      {models.map((model, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
        <div
          key={model.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={model.id === value}
          onClick={() => onChoose(model)}
          onPointerMove={() => setActive(index)}
          className={cn("flex cursor-pointer items-start gap-2 rounded-md px-2.5 py-2", index === active && "bg-muted")}
        >
          <Check
            className={cn("mt-0.5 size-4 shrink-0 text-spark-text", model.id !== value && "invisible")}
            aria-hidden
          />
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-2 font-medium text-[14px] leading-5">
              <span className="truncate">{model.name}</span>
              {model.images && <Eye className="size-3.5 shrink-0 text-muted-foreground" aria-label={t("seesImages")} />}
            </p>
            <p className="truncate text-[12.5px] text-muted-foreground leading-5">{describe(model, models, t)}</p>
          </div>
        </div>
      ))}
    </div>
  )
}

/** Where a key moves to; null for a key that doesn't move. */
function nextActive(key: string, active: number, models: ModelInfo[]): number | null {
  if (key === "ArrowDown") return Math.min(models.length - 1, active + 1)
  if (key === "ArrowUp") return Math.max(0, active - 1)
  if (key === "Home") return 0
  if (key === "End") return models.length - 1
  if (key.length !== 1 || key === " ") return null
  const starts = (model: ModelInfo) => model.name.toLowerCase().startsWith(key.toLowerCase())
  const after = models.findIndex((model, index) => index > active && starts(model))
  const found = after === -1 ? models.findIndex(starts) : after
  return found === -1 ? null : found
}

/** `1M context · $0.30 in, $1.20 out per million tokens`, or what takes the place of a retired model. */
function describe(model: ModelInfo, models: ModelInfo[], t: ReturnType<typeof useTranslations<"models">>): string {
  if (model.retired) {
    const successor = models.find(({ id }) => id === model.successor)
    return successor ? t("successor", { name: successor.name }) : t("retired")
  }
  const facts = [
    model.contextTokens && t("context", { tokens: shortTokens(model.contextTokens) }),
    model.price &&
      t("price", { input: `$${model.price.input.toFixed(2)}`, output: `$${model.price.output.toFixed(2)}` }),
  ]
  return facts.filter(Boolean).join(" · ") || model.id
}

const shortTokens = (tokens: number): string =>
  tokens >= 1_000_000 ? `${Math.round(tokens / 100_000) / 10}M` : `${Math.round(tokens / 1_000)}k`
