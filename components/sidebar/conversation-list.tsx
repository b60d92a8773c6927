"use client"

import { ChevronRight } from "lucide-react"
import { usePathname, useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { type ReactNode, useId, useMemo, useRef, useState } from "react"
import { toast } from "sonner"
import { ApiError, api } from "@/components/api"
import { ConversationItem } from "@/components/sidebar/conversation-item"
import { type Clock, groupByDate } from "@/components/sidebar/groups"
import { useConversationStore, useConversations } from "@/components/sidebar/store"
import { useClock } from "@/components/sidebar/use-clock"
import type { ConversationSummary } from "@/lib/chat/types"
import { cn } from "@/lib/cn"

/** When what had the focus is gone, the next conversation takes it, or the one before. */
function keepFocus(list: HTMLElement, id: string): void {
  const links = [...list.querySelectorAll<HTMLAnchorElement>("a[href]")]
  const place = links.findIndex((link) => link.pathname === `/c/${id}`)
  const heir = links[place + 1] ?? links[place - 1]
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) heir?.focus()
  })
}

interface Props {
  /** The server's, for the first picture. */
  clock: Clock
  onOpen: () => void
}

export function ConversationList({ clock: server, onOpen }: Props) {
  const t = useTranslations("sidebar")
  const conversations = useConversations()
  const store = useConversationStore()
  const router = useRouter()
  const pathname = usePathname()
  const clock = useClock(server)
  const groups = useMemo(() => groupByDate(conversations, clock, (age) => t(age)), [conversations, clock, t])
  const list = useRef<HTMLDivElement>(null)

  const say = (error: unknown) => toast.error(error instanceof ApiError ? error.message : t("failed"))

  const rename = (id: string, title: string) =>
    store.attempt(id, { title }, () => api(`/api/conversations/${id}`, { method: "PATCH", body: { title } })).catch(say)

  /** One thing at a time goes to the server; the other follows from it there. */
  const place = async (conversation: ConversationSummary, next: { pinned: boolean; archived: boolean }) => {
    const { id, archived } = conversation
    const body = next.archived === archived ? { pinned: next.pinned } : { archived: next.archived }
    try {
      await store.attempt(id, next, () => api(`/api/conversations/${id}`, { method: "PATCH", body }))
    } catch (error) {
      say(error)
    }
  }

  /** Out of the archive, and to where it was pinned. */
  const takeBack = async (conversation: ConversationSummary) => {
    await place({ ...conversation, archived: true }, { pinned: false, archived: false })
    if (conversation.pinned) await place({ ...conversation, archived: false }, { pinned: true, archived: false })
  }

  const archive = async (conversation: ConversationSummary) => {
    const { id, title, archived } = conversation
    if (list.current && !archived) keepFocus(list.current, id)
    await place(conversation, { pinned: false, archived: !archived })
    if (archived) return
    toast(t("archivedNow", { title }), {
      action: {
        label: t("undo"),
        onClick: () => void takeBack(conversation),
      },
    })
  }

  const restore = async (conversation: ConversationSummary) => {
    try {
      await api(`/api/conversations/${conversation.id}`, { method: "PATCH", body: { deleted: false } })
      // Deleting it has stopped its answer.
      store.upsert({ ...conversation, running: false })
    } catch (error) {
      say(error)
    }
    void store.refresh()
  }

  const remove = async (conversation: ConversationSummary) => {
    const { id, title } = conversation
    if (list.current) keepFocus(list.current, id)
    try {
      await store.attempt(id, null, () => api(`/api/conversations/${id}`, { method: "DELETE" }))
    } catch (error) {
      // Perhaps it is gone already, by another tab.
      void store.refresh()
      return say(error)
    }
    if (window.location.pathname === `/c/${id}`) router.push("/")
    toast(t("deleted", { title }), {
      action: { label: t("undo"), onClick: () => void restore(conversation) },
      duration: 10_000,
    })
  }

  if (conversations.length === 0) return <p className="px-2.5 py-2 text-muted-foreground text-sm">{t("empty")}</p>
  return (
    <div ref={list}>
      {groups.map(({ label, archived, conversations: members }) => (
        <Group key={label} label={label} folded={archived}>
          {members.map((conversation) => (
            <ConversationItem
              key={conversation.id}
              conversation={conversation}
              current={pathname === `/c/${conversation.id}`}
              onOpen={onOpen}
              onPin={() => void place(conversation, { pinned: !conversation.pinned, archived: false })}
              onArchive={() => void archive(conversation)}
              onRename={(title) => void rename(conversation.id, title)}
              onDelete={() => void remove(conversation)}
            />
          ))}
        </Group>
      ))}
    </div>
  )
}

/** A part of the list under its name; `folded` ones open when they are asked for. */
function Group({ label, folded, children }: { label: string; folded: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(!folded)
  const id = useId()
  return (
    <section className="mb-4">
      <h2 className="px-2.5 pb-1 font-medium text-muted-foreground text-xs">
        {folded ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="-ms-1 flex min-h-6 items-center gap-1 rounded-sm hover:text-foreground"
          >
            <ChevronRight
              className={cn("size-3.5 transition-transform", open ? "rotate-90" : "rtl:rotate-180")}
              aria-hidden
            />{" "}
            {label}
          </button>
        ) : (
          label
        )}
      </h2>
      <ul id={id} hidden={!open} className="space-y-px" aria-label={label}>
        {open && children}
      </ul>
    </section>
  )
}
