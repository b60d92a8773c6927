"use client"

import { usePathname, useRouter } from "next/navigation"
import { useEffect, useState } from "react"
import { toast } from "sonner"
import { ApiError, api } from "@/components/api"
import { ConversationItem } from "@/components/sidebar/conversation-item"
import { groupByDate } from "@/components/sidebar/groups"
import { useConversationStore, useConversations } from "@/components/sidebar/store"
import type { ConversationSummary } from "@/lib/chat/types"

const say = (error: unknown) => toast.error(error instanceof ApiError ? error.message : "That did not work. Try again.")

/** The reader's clock is known in the browser only: the server's first picture must be the same. */
function useNow(): Date | null {
  const [now, setNow] = useState<Date | null>(null)
  useEffect(() => {
    setNow(new Date())
    const timer = setInterval(() => setNow(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function ConversationList({ onOpen }: { onOpen: () => void }) {
  const conversations = useConversations()
  const store = useConversationStore()
  const router = useRouter()
  const pathname = usePathname()
  const now = useNow()

  const rename = async ({ id, title: before }: ConversationSummary, title: string) => {
    store.patch(id, { title })
    try {
      await api(`/api/conversations/${id}`, { method: "PATCH", body: { title } })
    } catch (error) {
      store.patch(id, { title: before })
      say(error)
    }
  }

  const restore = async (conversation: ConversationSummary) => {
    try {
      await api(`/api/conversations/${conversation.id}`, { method: "PATCH", body: { deleted: false } })
      store.upsert(conversation)
    } catch (error) {
      say(error)
    }
  }

  const remove = async (conversation: ConversationSummary) => {
    store.remove(conversation.id)
    try {
      await api(`/api/conversations/${conversation.id}`, { method: "DELETE" })
    } catch (error) {
      store.upsert(conversation)
      return say(error)
    }
    if (pathname === `/c/${conversation.id}`) router.push("/")
    toast(`“${conversation.title}” was deleted.`, {
      action: { label: "Undo", onClick: () => void restore(conversation) },
      duration: 10_000,
    })
  }

  if (conversations.length === 0)
    return <p className="px-2.5 py-2 text-muted-foreground text-sm">Your conversations will stand here.</p>
  const groups = now ? groupByDate(conversations, now) : [{ label: "", conversations }]
  return groups.map(({ label, conversations: members }) => (
    <section key={label} aria-label={label || "Conversations"} className="mb-4">
      <h2 className="px-2.5 pb-1 font-medium text-muted-foreground text-xs">{label || "\u00a0"}</h2>
      <ul className="space-y-px">
        {members.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            current={pathname === `/c/${conversation.id}`}
            onOpen={onOpen}
            onRename={(title) => void rename(conversation, title)}
            onDelete={() => void remove(conversation)}
          />
        ))}
      </ul>
    </section>
  ))
}
