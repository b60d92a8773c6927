import type { ReactNode } from "react"
import { Shell } from "@/components/sidebar/shell"
import { currentUser } from "@/lib/auth/session"
import { listConversations } from "@/lib/chat/conversations"

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  const conversations = user ? await listConversations(user.id) : []
  return (
    <Shell conversations={conversations} account={user?.name ?? "Guest"}>
      {children}
    </Shell>
  )
}
