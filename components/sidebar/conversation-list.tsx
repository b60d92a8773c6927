"use client"

import { usePathname } from "next/navigation"
import { useTranslations } from "next-intl"
import { Suspense, useEffect, useMemo, useRef, useState } from "react"
import {
  useConversationStore,
  useConversations,
  useListedConversation,
  useOutline,
} from "@/components/conversations/store"
import { ArchiveButton } from "@/components/sidebar/archive-button"
import { Group, type GroupProps } from "@/components/sidebar/group"
import { type Clock, type ConversationGroup, createDateLabeler, groupConversations } from "@/components/sidebar/groups"
import { layOut, type PlacedGroup, type Span, toRem } from "@/components/sidebar/layout"
import { ListBar } from "@/components/sidebar/list-bar"
import { ListActionsContext, type ListDialog } from "@/components/sidebar/list-context"
import { useClock } from "@/components/sidebar/use-clock"
import { useOpenFolders } from "@/components/sidebar/use-folding"
import { useStableListActions } from "@/components/sidebar/use-list-actions"
import { useListKeys } from "@/components/sidebar/use-list-keys"
import { useScrollIntoView } from "@/components/sidebar/use-scroll-into-view"
import { useSelection } from "@/components/sidebar/use-selection"
import { useVisibleRange } from "@/components/sidebar/use-visible-range"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { isIn, type ListOutline, type Section } from "@/lib/chat/list/sections"

const MoveDialog = lazyOverlay(() => import("@/components/sidebar/move-dialog"))
const TagsDialog = lazyOverlay(() => import("@/components/sidebar/tags-dialog"))

/** Pixels before the end of what is loaded at which the next page is requested. */
const AHEAD_PX = 2_000

interface Props {
  /** The server's clock, for the first render. */
  clock: Clock
  /** Ids of the open folders. */
  openFolders: string[]
  onOpen: () => void
}

/**
 * The conversations of the sidebar. Renders what is near the viewport and loads what is near that, however many there
 * are.
 */
export function ConversationList({ clock, openFolders, onOpen }: Props) {
  const t = useTranslations("sidebar")
  const { open, fold } = useOpenFolders(openFolders)
  const outline = useOutline()
  const { only, setOnly } = useOnly(outline)
  const [dialog, setDialog] = useState<ListDialog | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const selection = useSelection()
  const groups = useGroups(clock, open, only)
  const { placed, height } = useMemo(() => layOut(groups), [groups])
  // A pinned one is also in its folder.
  const order = useMemo(() => [...new Set(groups.flatMap(({ conversations }) => conversations))], [groups])
  const actions = useStableListActions({ selection, order, scroller, onOpen, ask: setDialog })
  const keys = useListKeys({ actions, chosen: selection.chosen, order, scroller })
  const span = useVisibleRange(scroller)
  useMorePages(placed, span, only)
  const pathname = usePathname()
  const current = pathname.startsWith("/c/") ? pathname.slice("/c/".length) : null
  const shown = useListedConversation(current ?? "")
  useScrollIntoView({ shown, open, fold, placed, scroller })
  const empty = groups.length === 0
  const store = useConversationStore()
  const known = only === null || store.frontier(only) !== undefined

  return (
    <ListActionsContext value={actions}>
      <ListBar chosen={selection.chosen} order={order} only={only} onOnly={setOnly} empty={empty && only === null} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: handles keys of the links and buttons inside */}
      <div
        ref={scroller}
        className="relative min-h-0 flex-1 overflow-y-auto px-2"
        onKeyDown={keys}
        onFocus={({ target }) =>
          setFocused(target.closest("li")?.querySelector("[data-row]")?.getAttribute("data-row") ?? null)
        }
        onBlur={() => setFocused(null)}
      >
        {empty && known && (
          <p className="px-2.5 py-2 text-muted-foreground text-sm">{t(only === null ? "empty" : "emptyTag")}</p>
        )}
        <div style={{ height: toRem(height) }}>
          <Groups {...{ placed, span, current, shown, focused }} chosen={selection.chosen} onFold={fold} />
        </div>
      </div>
      {outline.archived > 0 && (
        <ArchiveButton
          count={outline.archived}
          shown={only === "archived"}
          holdsCurrent={shown?.archived ?? false}
          onShow={(show) => setOnly(show ? "archived" : null)}
        />
      )}
      {dialog && <DialogOf {...dialog} onClose={() => setDialog(null)} />}
    </ListActionsContext>
  )
}

interface GroupsProps extends Pick<GroupProps, "span" | "chosen" | "current" | "focused" | "onFold"> {
  placed: PlacedGroup[]
  /** The page's conversation, if the list knows it. */
  shown: ConversationSummary | undefined
}

function Groups({ placed, shown, ...props }: GroupsProps) {
  const { folders } = useOutline()
  return placed.map((place) => (
    <Group
      key={keyOf(place.group)}
      {...props}
      placed={place}
      folder={folders.find(({ id }) => place.group.section === `folder:${id}`) ?? null}
      holdsCurrent={shown !== undefined && isIn(place.group.section, shown)}
    />
  ))
}

function DialogOf({ kind, many, onClose }: ListDialog & { onClose: () => void }) {
  const Shown = kind === "move" ? MoveDialog : TagsDialog
  return (
    <Suspense>
      <Shown many={many} onClose={onClose} />
    </Suspense>
  )
}

/** The only section shown: a tag, the archive, or null. */
function useOnly({ archived }: ListOutline) {
  const [only, setOnly] = useState<Section | null>(null)
  // The last one has left the archive.
  const left = only === "archived" && archived === 0
  if (left) setOnly(null)
  return { only: left ? null : only, setOnly }
}

const keyOf = ({ section, label, folds }: ConversationGroup) => (folds ? section : `${section} ${label}`)

function useGroups(server: Clock, open: ReadonlySet<Section>, only: Section | null) {
  const t = useTranslations("sidebar")
  const conversations = useConversations()
  const { frontier } = useConversationStore()
  const outline = useOutline()
  const clock = useClock(server)
  const dateOf = useMemo(() => createDateLabeler(clock, (group) => t(group)), [clock, t])
  return useMemo(
    () => groupConversations({ conversations, frontier, outline, open, only }, dateOf, (group) => t(group)),
    [conversations, frontier, outline, open, only, dateOf, t],
  )
}

/** Loads more of each section whose loaded end comes near the viewport. */
function useMorePages(placed: PlacedGroup[], span: Span, only: Section | null): void {
  const store = useConversationStore()
  // A section not viewed before has no group yet.
  useEffect(() => {
    if (only !== null && store.frontier(only) === undefined) void store.more(only)
  }, [only, store])
  useEffect(() => {
    for (const [index, { group, top, height }] of placed.entries()) {
      const { section, folds } = group
      const isLast = placed[index + 1]?.group.section !== section
      if (!isLast || folds?.open === false || store.frontier(section) === null) continue
      if (top + height < span.to + AHEAD_PX && top + height > span.from - AHEAD_PX) void store.more(section)
    }
  }, [placed, span, store])
}
