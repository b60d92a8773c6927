"use client"

import { MoreHorizontal } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, lazy, type MouseEvent, memo, type RefObject, useRef, useState } from "react"
import { askingFirst, useGo } from "@/components/base/leaving"
import { useListActions } from "@/components/sidebar/list-context"
import { Marks } from "@/components/sidebar/marks"
import { NameField } from "@/components/sidebar/name-field"
import { IconButton } from "@/components/ui/icon-button"
import { OnDemand } from "@/components/ui/on-demand"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { cn } from "@/lib/cn"

const ConversationOptions = lazy(() => import("@/components/sidebar/conversation-options"))

/** What the browser calls a drag of conversations, so that files and words are none. */
export const DRAG_TYPE = "application/x-sparkler-conversations"

export interface ConversationItemProps {
  conversation: ConversationSummary
  current: boolean
  chosen: boolean
  /** Some are chosen: a click chooses too. */
  choosing: boolean
  /** Pixels from the top of its group. */
  top: number
  /** Its number in its group, from 1, and how many there are (-1: not known). */
  place: number
  total: number
  /** It stands in a folder that is open above it. */
  inset: boolean
}

/** One conversation of the list: opens on click, F2 names it, Delete deletes it, Space chooses it. */
export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps) {
  const { conversation, current, chosen, choosing, top, place, total, inset } = props
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const [naming, setNaming] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const { id, title } = conversation

  const endNaming = (name: string | null, byKey: boolean) => {
    setNaming(false)
    if (name) void actions.rename(conversation, name)
    // Who clicked elsewhere wants to be there.
    if (byKey) requestAnimationFrame(() => link.current?.focus())
  }
  return (
    <li
      aria-setsize={total}
      aria-posinset={place}
      style={{ top }}
      className={cn(
        "group absolute inset-x-0 h-9 rounded-md",
        chosen ? "bg-spark-soft" : current ? "bg-muted" : "hover:bg-muted/60",
      )}
    >
      {naming ? (
        <NameField label={t("name")} name={title} onEnd={endNaming} />
      ) : (
        <>
          <ItemLink {...{ conversation, current, chosen, choosing, inset, link }} onName={() => setNaming(true)} />
          <div
            className={cn(
              "absolute top-1 end-1 flex items-center opacity-0 pointer-coarse:end-0 pointer-coarse:top-0 focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100",
              choosing && "opacity-100",
            )}
          >
            <label
              className={cn("grid size-7 cursor-pointer place-items-center", !choosing && "pointer-coarse:hidden")}
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
            {!choosing && <Options conversation={conversation} onName={() => setNaming(true)} />}
          </div>
        </>
      )}
    </li>
  )
})

interface ItemLinkProps
  extends Pick<ConversationItemProps, "conversation" | "current" | "chosen" | "choosing" | "inset"> {
  link: RefObject<HTMLAnchorElement | null>
  onName: () => void
}

function ItemLink({ conversation, current, chosen, choosing, inset, link, onName }: ItemLinkProps) {
  const actions = useListActions()
  const go = useGo()
  const { id, title, running, unseen, tags } = conversation
  const onClick = (event: MouseEvent) => {
    const range = event.shiftKey
    if (!range && !event.ctrlKey && !event.metaKey && !choosing) return actions.onOpen()
    event.preventDefault()
    if (range) actions.extendTo(id)
    else actions.toggle(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "F2") onName()
    if (event.key === " ") {
      event.preventDefault()
      if (event.shiftKey) actions.extendTo(id)
      else actions.toggle(id)
    }
    // With some chosen it is those that go: the list hears of it.
    if (event.key !== "Delete" || choosing) return
    actions.keepFocus([id])
    void actions.remove([conversation])
  }
  return (
    <Link
      ref={link}
      href={`/c/${id}`}
      prefetch={false}
      draggable
      data-row={id}
      aria-current={current ? "page" : undefined}
      onClick={onClick}
      onNavigate={askingFirst(go, `/c/${id}`)}
      onKeyDown={onKeyDown}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, id)
        event.dataTransfer.effectAllowed = "copyMove"
        actions.drag(conversation)
      }}
      className={cn(
        "flex h-9 items-center gap-2 rounded-md pe-2.5 ps-2.5 text-[13.5px] group-focus-within:pe-[68px] group-hover:pe-[68px] group-has-data-[state=open]:pe-[68px] pointer-coarse:pe-10",
        inset && "ps-[26px]",
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

/** The whole title where it is cut off, and all tags where there are more than are shown. */
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
