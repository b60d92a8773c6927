"use client"

import { MoreHorizontal } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import {
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  type RefObject,
  Suspense,
  useRef,
  useState,
} from "react"
import { focusWhenRendered } from "@/components/base/focus"
import { confirmBeforeNavigate, useGuardedNavigation } from "@/components/history/leave-confirmation"
import { toRem } from "@/components/sidebar/layout"
import { useListActions } from "@/components/sidebar/list-context"
import { Marks } from "@/components/sidebar/marks"
import { NameField } from "@/components/sidebar/name-field"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { useContextMenu } from "@/components/ui/use-context-menu"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { cn } from "@/lib/cn"

const ConversationOptions = lazyOverlay(() => import("@/components/sidebar/conversation-options"))

/** MIME type of dragged conversations, to tell them from files and text. */
export const DRAG_TYPE = "application/x-sparkler-conversations"

export interface ConversationItemProps {
  conversation: ConversationSummary
  current: boolean
  chosen: boolean
  /** Some are selected: a click also selects. */
  choosing: boolean
  /** Pixels from the top of its group, at the default font size. */
  top: number
  /** Its position in its group, from 1, and the total (-1: unknown). */
  place: number
  total: number
  /** It is inside an open folder. */
  inset: boolean
}

/** A conversation in the list. Click opens it, F2 or a double click renames it, Delete deletes it, Space selects it. */
export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps) {
  const { conversation, current, chosen, choosing, top, place, total, inset } = props
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const [naming, setNaming] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const menu = useContextMenu()
  const { title } = conversation
  const onName = () => setNaming(true)

  const endNaming = (name: string | null, byKey: boolean) => {
    setNaming(false)
    if (name) void actions.rename(conversation, name)
    // After a click elsewhere, focus stays there.
    if (byKey) focusWhenRendered(() => link.current)
  }
  return (
    <li
      {...menu.handlers}
      aria-setsize={total}
      aria-posinset={place}
      style={{ top: toRem(top) }}
      className={cn(
        "group absolute inset-x-0 h-9 rounded-md",
        chosen ? "bg-spark-soft" : current ? "bg-muted" : "hover:bg-muted/60",
      )}
    >
      {naming ? (
        <NameField label={t("name")} name={title} onEnd={endNaming} />
      ) : (
        <>
          <ItemLink {...{ conversation, current, chosen, choosing, inset, link, onName }} />
          <div
            className={cn(
              "absolute top-1 end-1 flex items-center opacity-0 pointer-coarse:end-0 pointer-coarse:top-0 focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100",
              choosing && "opacity-100",
            )}
          >
            <Choose {...{ conversation, chosen, choosing }} />
            {!choosing && <Options {...{ conversation, onName }} />}
          </div>
          {menu.at && (
            <Suspense>
              <ConversationOptions at={menu.at} onClose={menu.close} {...{ conversation, actions, onName }} />
            </Suspense>
          )}
        </>
      )}
    </li>
  )
})

/** Its checkbox: on touch visible only while some are selected, which starts from the menu. */
function Choose({
  conversation,
  chosen,
  choosing,
}: Pick<ConversationItemProps, "conversation" | "chosen" | "choosing">) {
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const { id, title } = conversation
  return (
    <label
      className={cn(
        "grid size-7 cursor-pointer place-items-center pointer-coarse:h-9 pointer-coarse:w-10",
        !choosing && "pointer-coarse:hidden",
      )}
    >
      <input
        type="checkbox"
        checked={chosen}
        aria-label={t("choose", { title })}
        onChange={(event) => {
          if ("shiftKey" in event.nativeEvent && event.nativeEvent.shiftKey) actions.extendTo(id)
          else actions.toggle(id)
        }}
        className="size-4 accent-spark-text"
      />
    </label>
  )
}

interface ItemLinkProps
  extends Pick<ConversationItemProps, "conversation" | "current" | "chosen" | "choosing" | "inset"> {
  link: RefObject<HTMLAnchorElement | null>
  onName: () => void
}

/** Mouse, touch and keyboard handlers. */
function useLinkHandlers({
  conversation,
  choosing,
  onName,
}: Pick<ItemLinkProps, "conversation" | "choosing" | "onName">) {
  const actions = useListActions()
  const { id } = conversation
  const isPlain = ({ shiftKey, ctrlKey, metaKey }: MouseEvent) => !(shiftKey || ctrlKey || metaKey || choosing)
  return {
    onClick: (event: MouseEvent) => {
      if (isPlain(event)) return actions.onOpen()
      event.preventDefault()
      if (event.shiftKey) actions.extendTo(id)
      else actions.toggle(id)
    },
    onDoubleClick: (event: MouseEvent) => {
      if (isPlain(event)) onName()
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "F2") onName()
      if (event.key === " ") {
        event.preventDefault()
        if (event.shiftKey) actions.extendTo(id)
        else actions.toggle(id)
      }
      // With a selection, Delete applies to that and is handled by the list.
      if (event.key !== "Delete" || choosing) return
      actions.keepFocus([id])
      void actions.remove([conversation])
    },
    // A long press opens the menu.
    onPointerDown: ({ currentTarget, pointerType }: PointerEvent<HTMLElement>) => {
      currentTarget.draggable = pointerType !== "touch"
    },
    onDragStart: ({ dataTransfer }: DragEvent) => {
      dataTransfer.setData(DRAG_TYPE, id)
      dataTransfer.effectAllowed = "copyMove"
      actions.drag(conversation)
    },
  }
}

function ItemLink({ conversation, current, chosen, choosing, inset, link, onName }: ItemLinkProps) {
  const go = useGuardedNavigation()
  const handlers = useLinkHandlers({ conversation, choosing, onName })
  const { id, title, running, unseen, tags } = conversation
  return (
    <Link
      ref={link}
      href={`/c/${id}`}
      prefetch={false}
      draggable
      {...handlers}
      data-row={id}
      aria-current={current ? "page" : undefined}
      onNavigate={confirmBeforeNavigate(go, `/c/${id}`)}
      className={cn(
        "flex h-9 select-none items-center gap-2 rounded-md pe-2.5 ps-2.5 -outline-offset-2 text-[0.84375rem] [-webkit-touch-callout:none] group-focus-within:pe-17 group-hover:pe-17 group-has-data-[state=open]:pe-17 pointer-coarse:pe-10",
        inset && "ps-6.5",
        choosing && "pe-10 group-focus-within:pe-10 group-hover:pe-10 group-has-data-[state=open]:pe-10",
      )}
      {...tipOf(conversation)}
    >
      <span
        className={cn(
          "truncate",
          !current && !chosen && "text-foreground/85",
          unseen && !current && "font-medium text-foreground",
        )}
      >
        {title}
      </span>
      <Marks running={running} unseen={unseen && !current} />
      <FirstTag tags={tags} />
    </Link>
  )
}

/** The full title if truncated, and all tags if there are more than are shown. */
const tipOf = ({ title, tags }: ConversationSummary) => ({
  "data-tip": [title, tags.map((tag) => `#${tag}`).join(" ")].join("\n").trim(),
  "data-tip-cut": tags.length > 1 ? undefined : "",
  "data-tip-aside": "",
})

function FirstTag({ tags: [first, ...rest] }: { tags: string[] }) {
  if (first === undefined) return null
  return (
    <span className="ms-auto max-w-24 shrink-0 truncate text-muted-foreground text-xs group-focus-within:hidden group-hover:hidden group-has-data-[state=open]:hidden pointer-coarse:hidden">
      #{first}
      {rest.length > 0 && ` +${rest.length}`}
    </span>
  )
}

function Options({ conversation, onName }: { conversation: ConversationSummary; onName: () => void }) {
  const t = useTranslations("sidebar")
  const options = (
    <IconButton
      label={t("options", { title: conversation.title })}
      data-tip={t("moreOptions")}
      className="size-7 pointer-coarse:h-9"
    >
      <MoreHorizontal className="size-4" />
    </IconButton>
  )
  const actions = useListActions()
  return (
    <OnDemand trigger={options}>
      <ConversationOptions trigger={options} {...{ conversation, actions, onName }} />
    </OnDemand>
  )
}
