"use client"

import {
  Bookmark,
  BookText,
  Bot,
  Library,
  type LucideIcon,
  MessageCircleDashed,
  Share2,
  Slash,
  SlidersHorizontal,
  SquarePen,
} from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useState } from "react"
import { mistyped } from "@/components/prompts/mistyped"
import { offered, type SlashItem } from "@/components/prompts/slash"
import { type ListBox, ListBoxOption, ListBoxOptions, useListBox } from "@/components/ui/list-box"

const ICONS: Record<SlashItem["kind"], LucideIcon> = {
  command: Slash,
  preset: Bookmark,
  prompt: BookText,
  model: Bot,
}

/** The same icons as the page's buttons. */
const COMMAND_ICONS: Record<string, LucideIcon> = {
  new: SquarePen,
  temporary: MessageCircleDashed,
  model: Bot,
  preset: Bookmark,
  settings: SlidersHorizontal,
  prompts: Library,
  share: Share2,
}

/** Handles a key of the text field; true when the list used it. */
export type SlashKeys = (event: KeyboardEvent) => boolean

interface Props {
  items: SlashItem[]
  query: string
  /** The field keeps focus and references the active item. */
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<SlashKeys | null>
  onChoose: (item: SlashItem) => void
  onClose: () => void
}

/** The list above the field. ↑ and ↓ move, Enter and Tab choose, Escape closes it without changing the text. */
export default function SlashMenu({ items, query, field, keys, onChoose, onClose }: Props) {
  const t = useTranslations("slash")
  const id = useId()
  // By id, since items may load after the list opens.
  const [active, setActive] = useState({ query, id: "" })
  const shown = offered(items, query)
  const at = active.query === query ? shown.findIndex((item) => item.id === active.id) : -1
  const current = shown[Math.max(0, at)]
  const list = useListBox({
    id,
    values: shown.map((item) => item.id),
    active: current?.id,
    onActive: (itemId) => setActive({ query, id: itemId }),
    loops: true,
  })

  useLayoutEffect(() => {
    keys.current = (event) => {
      if (event.key === "Escape") onClose()
      else if (!current) return false
      else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") onChoose(current)
      else return list.move(event.key)
      return true
    }
    return () => {
      keys.current = null
    }
  })
  useToldByField(field, list)

  return (
    <div className="relative">
      <div className="panel absolute inset-x-0 bottom-2 z-20 overflow-hidden">
        <p role="status" className="sr-only">
          {t("found", { count: shown.length })}
        </p>
        <ListBoxOptions box={list.box} label={t("commands")} className="max-h-[min(20rem,40dvh)] overflow-y-auto">
          {shown.map((item) => (
            <SlashOption key={item.id} item={item} onChoose={() => onChoose(item)} />
          ))}
        </ListBoxOptions>
        {shown.length === 0 && <NothingFound items={items} query={query} />}
      </div>
    </div>
  )
}

/** Suggests the command that may have been meant. */
function NothingFound({ items, query }: Pick<Props, "items" | "query">) {
  const t = useTranslations("slash")
  const commands = items.map(({ command }) => command)
  const near = mistyped(`/${query}`, commands)
  return <p className="px-2.5 py-2 text-muted-foreground text-sm">{near ? t("near", { command: near }) : t("none")}</p>
}

/** The focused field references the list's active item. */
function useToldByField(field: RefObject<HTMLElement | null>, { focused }: ListBox): void {
  const { "aria-controls": listId, "aria-activedescendant": optionId } = focused
  useEffect(() => {
    const element = field.current
    element?.setAttribute("aria-autocomplete", "list")
    element?.setAttribute("aria-controls", listId)
    if (optionId) element?.setAttribute("aria-activedescendant", optionId)
    return () => {
      for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) element?.removeAttribute(name)
    }
  }, [field, listId, optionId])
}

interface OptionProps {
  item: SlashItem
  onChoose: () => void
}

function SlashOption({ item: { id, command, label, kind }, onChoose }: OptionProps) {
  const Icon = (kind === "command" && COMMAND_ICONS[command]) || ICONS[kind]
  return (
    <ListBoxOption value={id} onChoose={onChoose} className="panel-item cursor-pointer">
      <Icon aria-hidden />
      <span className="shrink-0 font-medium">/{command}</span>
      <span className="min-w-0 truncate text-muted-foreground">{label}</span>
    </ListBoxOption>
  )
}
