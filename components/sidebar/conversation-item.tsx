"use client"

import { MoreHorizontal } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { lazy, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { OnDemand } from "@/components/ui/on-demand"
import type { ConversationSummary } from "@/lib/chat/types"
import { cn } from "@/lib/cn"

const ConversationOptions = lazy(() => import("@/components/sidebar/conversation-options"))

export interface ConversationItemProps {
  conversation: ConversationSummary
  current: boolean
  onOpen: () => void
  /** Pins it, or takes it back among the others. */
  onPin: () => void
  onArchive: () => void
  onRename: (title: string) => void
  onDelete: () => void
}

/** One conversation of the list: opens on click, F2 names it, Delete deletes it. */
export function ConversationItem({ conversation, current, ...handlers }: ConversationItemProps) {
  const t = useTranslations("sidebar")
  const [naming, setNaming] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const { id, title, running, unseen, pinned, archived } = conversation
  const { onOpen, onPin, onArchive, onRename, onDelete } = handlers

  const endNaming = (name: string | null, byKey: boolean) => {
    setNaming(false)
    if (name?.trim() && name.trim() !== title) onRename(name.trim())
    // Who clicked elsewhere wants to be there.
    if (byKey) requestAnimationFrame(() => link.current?.focus())
  }
  const options = (
    <Button variant="ghost" size="icon" className="size-7" aria-label={t("options", { title })}>
      <MoreHorizontal className="size-4" />
    </Button>
  )
  if (naming) return <NameField title={title} onEnd={endNaming} />
  return (
    <li className={cn("group relative rounded-md", current ? "bg-muted" : "hover:bg-muted/60")}>
      <Link
        ref={link}
        href={`/c/${id}`}
        prefetch={false}
        aria-current={current ? "page" : undefined}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.key === "F2") setNaming(true)
          if (event.key === "Delete") onDelete()
        }}
        className="flex h-9 items-center gap-2 rounded-md pe-9 ps-2.5 text-[13.5px]"
        title={title}
      >
        <span
          className={cn(
            "truncate",
            !current && "text-foreground/85",
            unseen && !current && "font-medium text-foreground",
          )}
        >
          {title}
        </span>
        {running ? (
          <span
            role="img"
            className="size-1.5 shrink-0 animate-pulse rounded-full bg-spark"
            aria-label={t("running")}
          />
        ) : (
          unseen &&
          !current && (
            <span role="img" className="mark-late size-2 shrink-0 rounded-full bg-spark" aria-label={t("unseen")} />
          )
        )}
      </Link>
      <div className="absolute top-1 end-1 opacity-0 focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
        <OnDemand trigger={options}>
          <ConversationOptions
            trigger={options}
            {...{ pinned, archived, onPin, onArchive, onDelete }}
            onRename={() => setNaming(true)}
          />
        </OnDemand>
      </div>
    </li>
  )
}

interface NameFieldProps {
  title: string
  /** With null the name stays. */
  onEnd: (name: string | null, byKey: boolean) => void
}

function NameField({ title, onEnd }: NameFieldProps) {
  const t = useTranslations("sidebar")
  const ended = useRef(false)
  const end = (name: string | null, byKey: boolean) => {
    // Enter and Escape take the focus away too: the first to come counts.
    if (!ended.current) onEnd(name, byKey)
    ended.current = true
  }
  return (
    <li className="py-0.5">
      <input
        ref={(field) => field?.select()}
        aria-label={t("name")}
        defaultValue={title}
        maxLength={200}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === "Enter") end(event.currentTarget.value, true)
          if (event.key !== "Escape") return
          // On a phone the drawer stays open.
          event.stopPropagation()
          end(null, true)
        }}
        onBlur={(event) => end(event.currentTarget.value, false)}
        className="h-8 w-full rounded-md border border-input bg-surface px-2 text-[13.5px]"
      />
    </li>
  )
}
