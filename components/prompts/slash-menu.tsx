"use client"

import { BookText, Bot, type LucideIcon, Slash, SlidersHorizontal } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useState } from "react"
import { mistyped } from "@/components/prompts/mistyped"
import { offered, type SlashItem } from "@/components/prompts/slash"
import { cn } from "@/lib/cn"

const ICONS: Record<SlashItem["kind"], LucideIcon> = {
  command: Slash,
  preset: SlidersHorizontal,
  prompt: BookText,
  model: Bot,
}

/** Handles a key of the text field; true when it was meant for the list. */
export type SlashKeys = (event: KeyboardEvent) => boolean

interface Props {
  items: SlashItem[]
  query: string
  /** The field keeps the focus; what is active is told by it. */
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<SlashKeys | null>
  onChoose: (item: SlashItem) => void
  onClose: () => void
}

/** The list above the field. ↑ and ↓ move, Enter and Tab choose, Escape leaves the text as it is. */
export default function SlashMenu({ items, query, field, keys, onChoose, onClose }: Props) {
  const t = useTranslations("slash")
  const id = useId()
  // By its id: what the list holds may come later than it opens.
  const [active, setActive] = useState({ query, id: "" })
  const shown = offered(items, query)
  const at = active.query === query ? shown.findIndex((item) => item.id === active.id) : -1
  const index = Math.max(0, at)
  const current = shown[index]
  const move = (to: number) => setActive({ query, id: shown[to % shown.length]?.id ?? "" })

  useLayoutEffect(() => {
    keys.current = (event) => {
      if (event.key === "Escape") onClose()
      else if (!current) return false
      else if (event.key === "ArrowDown") move(index + 1)
      else if (event.key === "ArrowUp") move(index + shown.length - 1)
      else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") onChoose(current)
      else return false
      return true
    }
    return () => {
      keys.current = null
    }
  })
  useToldByField(field, id, current && `${id}-${current.id}`)

  return (
    <div className="relative">
      <div className="absolute inset-x-0 bottom-2 z-20 overflow-hidden rounded-xl border bg-popover shadow-float">
        <p role="status" className="sr-only">
          {t("found", { count: shown.length })}
        </p>
        <div
          id={id}
          role="listbox"
          aria-label={t("commands")}
          className="max-h-[min(20rem,40dvh)] overflow-y-auto p-1.5"
        >
          {shown.map((item) => (
            <SlashOption
              key={item.id}
              id={`${id}-${item.id}`}
              item={item}
              active={item === current}
              onActive={() => setActive({ query, id: item.id })}
              onChoose={() => onChoose(item)}
            />
          ))}
        </div>
        {shown.length === 0 && <NothingFound items={items} query={query} />}
      </div>
    </div>
  )
}

/** Names the command that may have been meant. */
function NothingFound({ items, query }: Pick<Props, "items" | "query">) {
  const t = useTranslations("slash")
  const commands = items.map(({ command }) => command)
  const near = mistyped(`/${query}`, commands)
  return <p className="px-3 pb-3 text-muted-foreground text-sm">{near ? t("near", { command: near }) : t("none")}</p>
}

/** The field, which has the focus, tells what the list is at. Brings that into view. */
function useToldByField(field: RefObject<HTMLElement | null>, listId: string, optionId: string | undefined): void {
  useEffect(() => {
    const element = field.current
    element?.setAttribute("aria-autocomplete", "list")
    element?.setAttribute("aria-controls", listId)
    if (optionId) {
      element?.setAttribute("aria-activedescendant", optionId)
      document.getElementById(optionId)?.scrollIntoView({ block: "nearest" })
    }
    return () => {
      for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) element?.removeAttribute(name)
    }
  }, [field, listId, optionId])
}

interface OptionProps {
  id: string
  item: SlashItem
  active: boolean
  onActive: () => void
  onChoose: () => void
}

function SlashOption({ id, item: { command, label, kind }, active, onActive, onChoose }: OptionProps) {
  const Icon = ICONS[kind]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      onPointerMove={onActive}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm forced-colors:aria-selected:bg-[Highlight]",
        active && "bg-muted",
      )}
    >
      <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />
      <span className="shrink-0 font-medium">/{command}</span>
      <span className="min-w-0 truncate text-muted-foreground">{label}</span>
    </div>
  )
}
