"use client"

import { MessageSquare, Search, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Dialog as Primitive } from "radix-ui"
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import { useKeyText } from "@/components/base/keys"
import { useConversationStore, useConversations } from "@/components/conversations/store"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { type PaletteCommand, useCommands } from "@/components/search/commands"
import { HitItems, hitKey, MORE } from "@/components/search/hit-items"
import { PaletteGroup, PaletteItem } from "@/components/search/palette-item"
import { PaletteFooter, PaletteNotice, stopEnterPropagation } from "@/components/search/palette-notice"
import { PlaceItems, placeKey, usePlaces } from "@/components/search/places"
import { useSearchController } from "@/components/search/use-searching"
import { IconButton } from "@/components/ui/icon-button"
import { type ListBox, ListBoxOptions, useListBox } from "@/components/ui/list-box"
import { Spinner } from "@/components/ui/spinner"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { completeFilter } from "@/lib/search/filters"

const RECENT = 6

export interface PaletteProps {
  onClose: () => void
  /** Another page is about to open. */
  onNavigate: () => void
}

/** The palette opened by Ctrl/⌘+K: recent conversations, search results, and commands. Loaded when first opened. */
export function Palette({ onClose, onNavigate }: PaletteProps) {
  const t = useTranslations("search")
  const [before] = useState(() => document.activeElement)
  /** The chosen action, run after closing since it may open something that takes focus. */
  const after = useRef<(() => void) | null>(null)
  const giveBack = (event: Event) => {
    event.preventDefault()
    if (before instanceof HTMLElement) before.focus()
    after.current?.()
  }
  const onRun = (command: PaletteCommand) => {
    after.current = command.run
    onClose()
  }
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Primitive.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
          className="-translate-x-1/2 fixed top-[12dvh] left-1/2 z-50 flex h-[min(30rem,76dvh)] w-[min(92vw,40rem)] flex-col overflow-hidden rounded-xl border bg-popover shadow-float focus:outline-hidden max-sm:top-2 max-sm:h-[calc(100dvh-1rem)] max-sm:w-[calc(100vw-1rem)]"
        >
          <Primitive.Title className="sr-only">{t("search")}</Primitive.Title>
          <PaletteBody onClose={onClose} onNavigate={onNavigate} onRun={onRun} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

const LIST = "min-h-0 flex-1 overflow-y-auto overscroll-contain p-2"

function PaletteBody({ onClose, onNavigate, onRun }: PaletteProps & { onRun: (command: PaletteCommand) => void }) {
  const t = useTranslations("search")
  const go = useGuardedNavigation()
  const { searching, state } = useSearchController()
  const { text, hits, cursor, waiting } = state
  const goTo = (path: string) => {
    onClose()
    onNavigate()
    go(path)
  }
  const commands = useCommands(text, goTo)
  const { places, first: placesFirst } = usePlaces(text)
  const asked = text.trim() !== ""
  const recent = useRecent(asked ? 0 : RECENT)
  const found = asked ? (hits ?? []).map(hitKey) : recent.map(({ id }) => id)
  const inPlaces = places.map(placeKey)
  const { value, list } = useLines({
    found: [...found, ...(asked && hits && cursor ? [MORE] : [])],
    ...{ inPlaces, placesFirst },
    commands: commands.map(({ id }) => id),
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    // The results belong to an earlier query.
    const early = asked && waiting && !inPlaces.includes(value)
    if (event.key === "Enter" && !early) list.choose()
    else if (event.key !== "Enter" && !list.move(event.key)) return
    event.preventDefault()
  }
  const placeItems = (
    <PlaceItems places={places} onChoose={({ kind, name }) => searching.type(completeFilter(text, kind, name))} />
  )

  const fits = commands.length > 0 || places.length > 0
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: handles keys of the field and its buttons
    <div onKeyDown={onKeyDown} className="flex min-h-0 flex-1 flex-col">
      <Field
        text={text}
        list={list}
        waiting={asked && waiting}
        onType={(typed) => searching.type(typed)}
        onClose={onClose}
      />
      <PaletteNotice state={state} empty={recent.length === 0} fits={fits} onRetry={() => searching.retry()} />
      <ListBoxOptions box={list.box} label={t("search")} className={LIST}>
        {placesFirst && placeItems}
        {recent.length > 0 && <Recent conversations={recent} onOpen={goTo} />}
        {asked && hits && (
          <HitItems hits={hits} onOpen={goTo} onMore={cursor ? () => searching.more() : null} waiting={waiting} />
        )}
        {!placesFirst && placeItems}
        {commands.length > 0 && <Commands commands={commands} onRun={onRun} />}
      </ListBoxOptions>
      <PaletteFooter state={state} fits={fits} />
    </div>
  )
}

interface Lines {
  found: string[]
  inPlaces: string[]
  placesFirst: boolean
  commands: string[]
}

/** All items in order, and the active one: the first until the user moves, whatever arrives. */
function useLines({ found, inPlaces, placesFirst, commands }: Lines) {
  const [chosen, setChosen] = useState({ of: "", value: "" })
  // Places shown last are only offered in addition to the results.
  const first = (placesFirst ? [...inPlaces, ...found] : found)[0] ?? commands[0] ?? ""
  const value = chosen.of === first ? chosen.value : first
  const list = useListBox({
    id: useId(),
    values: [...(placesFirst ? [...inPlaces, ...found] : [...found, ...inPlaces]), ...commands],
    active: value || undefined,
    onActive: (next) => setChosen({ of: first, value: next }),
    loops: true,
    ends: true,
  })
  return { value, list }
}

interface FieldProps {
  text: string
  list: ListBox
  /** Results for it are loading. */
  waiting: boolean
  onType: (text: string) => void
  onClose: () => void
}

function Field({ text, list, waiting, onType, onClose }: FieldProps) {
  const t = useTranslations("search")
  return (
    <div className="flex h-13 shrink-0 items-center gap-2.5 border-b pe-2 ps-4">
      <Search className="size-4 shrink-0 text-muted-foreground" aria-hidden />
      <input
        role="combobox"
        aria-label={t("field")}
        aria-expanded
        aria-autocomplete="list"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        {...list.focused}
        value={text}
        onChange={(event) => onType(event.target.value)}
        placeholder={t("placeholder")}
        maxLength={10_000}
        className="h-full min-w-0 flex-1 bg-transparent text-[0.9375rem] outline-hidden placeholder:text-muted-foreground"
      />
      {waiting && <Spinner className="mark-late text-muted-foreground" />}
      <IconButton label={t("close")} onClick={onClose} onKeyDown={stopEnterPropagation}>
        <X className="size-4" />
      </IconButton>
    </div>
  )
}

/** The conversations of the last days, newest first. */
function useRecent(most: number) {
  const store = useConversationStore()
  const wanted = most > 0
  // Some are in folders or the archive, which the list may not have loaded.
  useEffect(() => {
    if (wanted && store.frontier("all") === undefined) void store.more("all")
  }, [store, wanted])
  return useConversations().slice(0, most)
}

interface RecentProps {
  conversations: ConversationSummary[]
  onOpen: (path: string) => void
}

function Recent({ conversations, onOpen }: RecentProps) {
  const t = useTranslations("search")
  return (
    <PaletteGroup heading={t("recent")}>
      {conversations.map(({ id, title }) => (
        <PaletteItem key={id} value={id} onSelect={() => onOpen(`/c/${id}`)}>
          <MessageSquare aria-hidden />
          <span className="truncate">{title}</span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  )
}

function Commands({ commands, onRun }: { commands: PaletteCommand[]; onRun: (command: PaletteCommand) => void }) {
  const keyText = useKeyText()
  const t = useTranslations("search")
  return (
    <PaletteGroup heading={t("commands")}>
      {commands.map((command) => (
        <PaletteItem key={command.id} value={command.id} onSelect={() => onRun(command)}>
          <command.Icon aria-hidden />
          <span className="flex-1 truncate">{command.label}</span>
          {command.keys && (
            <kbd aria-hidden className="font-sans text-muted-foreground text-xs pointer-coarse:hidden">
              {keyText(command.keys)}
            </kbd>
          )}
        </PaletteItem>
      ))}
    </PaletteGroup>
  )
}
